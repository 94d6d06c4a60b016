import { isSamePerson } from "@/lib/domain/access/same-person";
import type { GrantEndReason, GrantLimits, GrantState } from "@/lib/domain/grants/grant";
import { factNoun, GRANT_ENDINGS, grantLimitsText } from "@/lib/domain/grants/grant-text";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import type { AccountMailMessage, MailPiece, WithLink } from "./mail-message";
import { subjectName } from "./subject-name";

interface AboutGrant {
  readonly actionTitle: string;
  readonly workspaceName: string;
}

/** To owners. Without the values of the facts, which are erased with the run. */
export interface GrantGivenMail extends AboutGrant {
  readonly kind: "grant_given";
  readonly givenBy: string;
  readonly facts: readonly string[];
  readonly limits: GrantLimits;
  readonly needsConfirmation: boolean;
}

/** To who gave it. */
export interface GrantOverMail extends AboutGrant {
  readonly kind: "grant_over";
  readonly state: GrantState;
  readonly reason: GrantEndReason | null;
  readonly endedBy: string | null;
  readonly uses: number;
  readonly maxUses: number;
}

export function grantGivenMessage(mail: WithLink<GrantGivenMail>): AccountMailMessage {
  const { email, link, actionTitle, workspaceName, givenBy, facts, limits, needsConfirmation } = mail;
  return {
    subject: `Standing grant given: ${subjectName(actionTitle)}`,
    preview: needsConfirmation ? "It needs a second approver before it allows anything." : "Similar runs are allowed within limits.",
    heading: ["Standing grant given"],
    paragraphs: [
      [
        { data: givenBy },
        " approved a run of ",
        { data: actionTitle },
        " in the workspace ",
        { data: workspaceName },
        " and gave a standing grant for similar runs.",
      ],
      ["Limits: ", { data: grantLimitsText({ ...limits, currency: currencyCode(limits.currency) }) }, "."],
      ["Must be the same: ", { data: facts.map(factNoun).join(", ") }, "."],
      ...(needsConfirmation ? [["It allows nothing until a second approver confirms it."]] : []),
    ],
    button: { label: "Open grant", href: link },
    note: "An owner or admin can revoke it there. Opening the page changes nothing.",
    warnings: inspectText(`${actionTitle} ${workspaceName} ${limits.currency ?? ""} ${facts.join(" ")}`).warnings,
    footer: `Sent to ${email} because you own the workspace.`,
  };
}

export function grantOverMessage(mail: WithLink<GrantOverMail>): AccountMailMessage {
  const { email, link, actionTitle, workspaceName, state, reason, endedBy, uses, maxUses } = mail;
  const over = HEADINGS[state === "ended" && reason === "revoked" ? "revoked" : state] ?? "Standing grant ended";
  return {
    subject: `${over}: ${subjectName(actionTitle)}`,
    preview: `It allowed ${uses} of ${maxUses} runs.`,
    heading: [over],
    paragraphs: [
      ["You approved runs of ", { data: actionTitle }, " in advance, in the workspace ", { data: workspaceName }, "."],
      [`The grant allowed ${uses} of ${maxUses} runs. The action’s policy decides about similar runs again.`],
      ...(reason === null ? [] : [[`Why it ended: ${GRANT_ENDINGS[reason]}`, ...enderPieces(endedBy, email)]]),
    ],
    button: { label: "Open grant", href: link },
    note: "If a run needs approval again, you can approve it with a new grant.",
    warnings: inspectText(`${actionTitle} ${workspaceName}`).warnings,
    footer: `Sent to ${email} because you gave the grant.`,
  };
}

/** It's the run's own text. What isn't a currency code is left out: a sentence would read as ours. */
function currencyCode(currency: string | null): string | null {
  return currency !== null && /^[A-Z]{3}$/.test(currency) ? currency : null;
}

/** Someone reads of their own revocation if a key did it for them, or if they did after the email was queued for another reason. */
function enderPieces(endedBy: string | null, reader: string): MailPiece[] {
  if (endedBy === null) return ["."];
  return isSamePerson(endedBy, reader) ? [" by you or a management key of yours."] : [" by ", { data: endedBy }, "."];
}

const HEADINGS: Readonly<Partial<Record<GrantState | "revoked", string>>> = {
  used_up: "Standing grant limit reached",
  expired: "Standing grant expired",
  revoked: "Standing grant revoked",
};
