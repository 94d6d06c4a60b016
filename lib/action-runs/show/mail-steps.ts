import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import { checked } from "@/lib/domain/runs/checked-texts";
import { deliveryLabel, outboxState } from "@/lib/domain/runs/delivery-state";
import type { RunStory } from "./get-run-story";
import type { RunStep } from "./run-step";

/** What became of the mails of a run, and who opened what they lead to. */
export function mailSteps(story: RunStory): RunStep[] {
  return [...story.emailDeliveries.flatMap((mail) => [mailStep(mail), ...proofSteps(mail)]), ...openedSteps(story)];
}

/** What the provider told afterwards. */
function proofSteps({
  toEmail,
  deliveredAt,
  delayedAt,
  bouncedAt,
  bounceReason,
  complainedAt,
}: RunStory["emailDeliveries"][number]): RunStep[] {
  const step = { kind: "mail", rest: `to ${toEmail}` } as const;
  return [
    ...(delayedAt
      ? [
          {
            ...step,
            at: delayedAt,
            tone: "wait" as const,
            title: "Mail delayed",
            note: "The receiving server did not take it yet; the provider goes on trying.",
          },
        ]
      : []),
    ...(deliveredAt ? [{ ...step, at: deliveredAt, tone: null, title: "Mail delivered" }] : []),
    ...(bouncedAt
      ? [{ ...step, at: bouncedAt, tone: "stop" as const, title: "Mail bounced", ...(bounceReason !== null && { note: bounceReason }) }]
      : []),
    ...(complainedAt ? [{ ...step, at: complainedAt, tone: "wait" as const, title: "Mail marked as spam" }] : []),
  ];
}

/** The first of each approver: somebody, or a program that follows links, has opened the page. */
function openedSteps({ approvalRequest }: RunStory): RunStep[] {
  const first = new Map<string, Date>();
  for (const { approverEmail, openedAt } of approvalRequest?.links ?? []) {
    const known = first.get(approverEmail);
    if (openedAt && (known === undefined || openedAt < known)) first.set(approverEmail, openedAt);
  }
  return [...first].map(([email, at]) => ({ at, kind: "mail", tone: null, title: "Page opened", rest: `that ${email} was asked on` }));
}

const ASKED_LATER: Readonly<Record<AskReason, string>> = {
  reminder: ", as a reminder",
  escalation: ", because nobody had answered",
  delegation: ", in place of a colleague who is away",
  resend: ", once more",
  bounce: ", because another mail came back",
  replacement: ", in place of somebody who is not asked any more",
};

function mailStep(mail: RunStory["emailDeliveries"][number]): RunStep {
  const { askReason } = checked(mail);
  const step = {
    at: mail.sentAt ?? mail.createdAt,
    kind: "mail",
    rest: `to ${mail.toEmail}${askReason === null ? "" : ASKED_LATER[askReason]}`,
  } as const;
  const state = outboxState(mail);
  return { ...step, tone: MAIL_TONES[state], title: deliveryLabel(state, mail.attempts), ...noteOf(mail, state) };
}

const MAIL_TONES: Record<ReturnType<typeof outboxState>, RunStep["tone"]> = {
  queued: null,
  retrying: "wait",
  kept: null,
  sent: null,
  not_needed: null,
  not_sent: "wait",
  dead: "stop",
};

function noteOf(
  { notSentReason, lastError }: RunStory["emailDeliveries"][number],
  state: ReturnType<typeof outboxState>,
): { note?: string } {
  if (state === "not_needed" || state === "not_sent") return { note: mailReason(notSentReason) };
  if (state === "kept") return { note: "This console sends no email: its operator reads it under Admin, Mailbox." };
  if (state === "sent" || lastError === null) return {};
  return { note: lastError };
}

/** Why a mail was never queued. */
export function mailReason(reason: string | null): string {
  if (reason === "monthly_email_limit")
    return `The month's approval mails are used up. The run can be decided in the console. ${WHO_RAISES_LIMITS}`;
  if (reason === "already_decided") return "The run was decided before the mail could leave.";
  if (reason === "withdrawn") return "They were not to be asked any more before the mail could leave.";
  return reason ?? "No reason was kept.";
}
