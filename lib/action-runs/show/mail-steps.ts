import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import { checked } from "@/lib/domain/runs/checked-texts";
import { deliveryLabel, outboxState } from "@/lib/domain/runs/delivery-state";
import type { RunStory } from "./get-run-story";
import type { RunStep } from "./run-step";

/** The status of a run's emails, and who opened the request. */
export function mailSteps(story: RunStory): RunStep[] {
  return [...story.emailDeliveries.flatMap((mail) => [mailStep(mail), ...proofSteps(mail)]), ...openedSteps(story)];
}

/** What the provider reported afterwards. */
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
            title: "Email delayed",
            note: "The receiving server hasn’t accepted it yet. The provider keeps trying.",
          },
        ]
      : []),
    ...(deliveredAt ? [{ ...step, at: deliveredAt, tone: null, title: "Email delivered" }] : []),
    ...(bouncedAt
      ? [{ ...step, at: bouncedAt, tone: "stop" as const, title: "Email bounced", ...(bounceReason !== null && { note: bounceReason }) }]
      : []),
    ...(complainedAt ? [{ ...step, at: complainedAt, tone: "wait" as const, title: "Email marked as spam" }] : []),
  ];
}

/** Each approver's first: the page was opened, by a person or by a program that follows links. */
function openedSteps({ approvalRequest }: RunStory): RunStep[] {
  const first = new Map<string, Date>();
  for (const { approverEmail, openedAt } of approvalRequest?.links ?? []) {
    const known = first.get(approverEmail);
    if (openedAt && (known === undefined || openedAt < known)) first.set(approverEmail, openedAt);
  }
  return [...first].map(([email, at]) => ({
    at,
    kind: "mail",
    tone: null,
    title: "Request page opened",
    rest: `from the link sent to ${email}`,
  }));
}

const ASKED_LATER: Readonly<Record<AskReason, string>> = {
  reminder: ", as a reminder",
  escalation: ", because nobody had decided",
  delegation: ", on behalf of a colleague who is out of office",
  resend: ", resent",
  bounce: ", because another email bounced",
  next_stage: ", after the approvals before",
  changed: ", because the request was changed",
  replacement: ", in place of an approver who was replaced",
  reassignment: ", who took the request over",
};

function mailStep(mail: RunStory["emailDeliveries"][number]): RunStep {
  const { askReason } = checked(mail);
  const state = outboxState(mail);
  const step = {
    at: mail.sentAt ?? mail.createdAt,
    kind: "mail",
    rest: `${state === "kept" ? "for" : "to"} ${mail.toEmail}${whyOf(mail.kind, askReason)}`,
  } as const;
  return { ...step, tone: MAIL_TONES[state], title: deliveryLabel(state, mail.attempts), ...noteOf(mail, state) };
}

function whyOf(kind: string, askReason: AskReason | null): string {
  if (kind === "uncollected_notice") return ", because nobody collected the run";
  return askReason === null ? "" : ASKED_LATER[askReason];
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
  if (state === "kept") return { note: "This console has no email provider. Its operator can read the email under Admin, Mailbox." };
  if (state === "sent" || lastError === null) return {};
  return { note: lastError };
}

/** Explains why an email was never queued. */
export function mailReason(reason: string | null): string {
  if (reason === "monthly_email_limit")
    return `This month’s approval email limit has been reached. The run can be decided in the console. ${WHO_RAISES_LIMITS}`;
  if (reason === "already_decided") return "The run was decided before the email was sent.";
  if (reason === "run_withdrawn") return "The request was withdrawn before the email was sent.";
  if (reason === "withdrawn") return "They were removed as an approver before the email was sent.";
  return reason ?? "No reason was recorded.";
}
