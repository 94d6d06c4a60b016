import type { ProposalKind } from "@/lib/domain/policy/policy-proposals";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { proposalTitle, proposerText } from "@/lib/words/proposal-messages";
import type { ShownChange } from "@/lib/words/shown-changes";
import type { AccountMailMessage, MailParagraph, MailPiece, WithLink } from "./mail-message";
import { subjectName } from "./subject-name";

interface About {
  readonly change: { readonly kind: ProposalKind; readonly action: { readonly title: string } | null; readonly group: string | null };
  readonly workspaceName: string;
}

/** To those who can confirm it. */
export interface PolicyProposedMail extends About {
  readonly kind: "policy_proposed";
  readonly proposedBy: string | null;
  readonly comment: string | null;
  readonly differences: readonly ShownChange[];
}

/** To who proposed it. */
export interface PolicyAnsweredMail extends About {
  readonly kind: "policy_answered";
  readonly outcome: PolicyOutcome;
  readonly endedBy: string | null;
  readonly comment: string | null;
}

/** What can become of a proposal without who made it. */
export type PolicyOutcome = "confirmed" | "declined" | "stale" | "replaced";

export function policyProposedMessage(mail: WithLink<PolicyProposedMail>): AccountMailMessage {
  const { email, link, change, workspaceName, proposedBy, comment, differences } = mail;
  const title = proposalTitle(change);
  return {
    subject: `Proposed: ${subjectName(title)}`,
    preview: "Nothing changes until another owner or admin confirms it.",
    heading: ["Policy change proposed"],
    paragraphs: [
      [
        { data: proposerText(proposedBy) },
        " proposed a policy change in the workspace ",
        { data: workspaceName },
        ": ",
        { data: title },
        ".",
      ],
      ...commentLines(comment),
      ...differences.map(({ label, before, after }) => [
        `${label}: from `,
        { data: onOneLine(before) },
        " to ",
        { data: onOneLine(after) },
      ]),
    ],
    button: { label: BUTTONS[change.kind], href: link },
    note: "Nothing changes until you or another owner or admin confirms it on that page. Opening it changes nothing.",
    warnings: warningsOf([workspaceName, title, comment, ...differences.flatMap(({ before, after }) => [before, after])]),
    footer: `Sent to ${email} because you can confirm policy changes of the workspace.`,
  };
}

export function policyAnsweredMessage(mail: WithLink<PolicyAnsweredMail>): AccountMailMessage {
  const { email, link, change, workspaceName, outcome, endedBy, comment } = mail;
  const title = proposalTitle(change);
  const { subject, heading, before, after, then } = OUTCOMES[outcome];
  const sentence = [...before({ data: proposerText(endedBy) }), " in the workspace ", { data: workspaceName }, after, { data: title }, "."];
  return {
    subject: `${subject}: ${subjectName(title)}`,
    preview: then,
    heading: [heading],
    paragraphs: [sentence, ...commentLines(comment), [then]],
    button: { label: BUTTONS[change.kind], href: link },
    note: outcome === "confirmed" ? "There’s nothing you need to do." : "If the change is still needed, propose it again.",
    warnings: warningsOf([workspaceName, title, comment]),
    footer: `Sent to ${email} because you proposed it.`,
  };
}

/** The page where the change is confirmed, or was. */
const BUTTONS: Readonly<Record<ProposalKind, string>> = {
  edit: "Open action",
  restore: "Open action",
  activate: "Open action",
  group: "Open groups",
  rule: "Open settings",
};

interface Outcome {
  readonly subject: string;
  readonly heading: string;
  /** The sentence before the workspace's name. */
  readonly before: (who: MailPiece) => readonly MailPiece[];
  /** And after it, before what would change. */
  readonly after: string;
  readonly then: string;
}

const OUTCOMES: Readonly<Record<PolicyOutcome, Outcome>> = {
  confirmed: {
    subject: "Confirmed",
    heading: "Policy change confirmed",
    before: (who) => [who, " confirmed your policy change"],
    after: ": ",
    then: "It’s in force.",
  },
  declined: {
    subject: "Declined",
    heading: "Policy change declined",
    before: (who) => [who, " declined your policy change"],
    after: ": ",
    then: "Nothing was changed.",
  },
  stale: {
    subject: "Out of date",
    heading: "Policy change out of date",
    before: () => ["Your policy change"],
    after: " can’t be confirmed anymore: ",
    then: "Something else was changed after you proposed it, so it wasn’t saved.",
  },
  replaced: {
    subject: "Replaced",
    heading: "Policy change replaced",
    before: (who) => [who, " replaced your policy change"],
    after: ": ",
    then: "Another change was proposed instead, so yours wasn’t saved.",
  },
};

function commentLines(comment: string | null): MailParagraph[] {
  return comment === null ? [] : [["Comment: ", { data: comment }] satisfies MailPiece[]];
}

/** Rules and members are lines. */
function onOneLine(value: string): string {
  return value.replaceAll("\n", "; ");
}

function warningsOf(texts: readonly (string | null)[]): readonly string[] {
  return inspectText(texts.filter((text) => text !== null).join(" ")).warnings;
}
