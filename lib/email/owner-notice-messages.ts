import { WEBHOOK_KIND_NAMES, type WebhookKind } from "@/lib/domain/runs/webhook-events";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { formatInstant } from "@/lib/domain/time/format-instant";
import type { AccountMailMessage, WithLink } from "./mail-message";
import { subjectName } from "./subject-name";

/** An approver's email came back. */
export interface BounceNoticeMail {
  readonly kind: "bounce_notice";
  readonly bounced: string;
  readonly reason: string | null;
  readonly sentence: string;
  readonly expiresAt: Date;
  /** Who was asked in their place. */
  readonly next: string | null;
  readonly workspaceName: string;
}

/** Nobody claimed an approved run in time. */
export interface UncollectedNoticeMail {
  readonly kind: "uncollected_notice";
  readonly sentence: string;
  readonly approvedBy: string | null;
  readonly lapsedAt: Date;
  readonly workspaceName: string;
}

/** The console disabled a webhook. */
export interface WebhookNoticeMail {
  readonly kind: "webhook_notice";
  readonly webhookKind: WebhookKind;
  readonly url: string;
  /** It responded with 410; else every delivery failed for days. */
  readonly isGone: boolean;
  /** The result of the last attempt. */
  readonly lastAnswer: string | null;
  readonly workspaceName: string;
}

export function bounceNoticeMessage({
  email,
  bounced,
  reason,
  sentence,
  expiresAt,
  next,
  workspaceName,
  link,
}: WithLink<BounceNoticeMail>): AccountMailMessage {
  return {
    subject: `Email to ${subjectName(bounced)} bounced`,
    preview: `Its run needs a decision by ${formatInstant(expiresAt)}.`,
    heading: ["Email to ", { data: bounced }, " bounced"],
    paragraphs: [
      ["It asked for a decision on a run in the workspace ", { data: workspaceName }, ": ", { data: sentence }, "."],
      reason === null ? ["The email provider gave no reason."] : ["The email provider reported: ", { data: reason }],
      next === null
        ? ["There’s no other approver left to ask. Decide the run yourself, or correct the approver’s address."]
        : [{ data: next }, " was asked instead."],
    ],
    button: { label: "Open run", href: link },
    note: `If nobody decides by ${formatInstant(expiresAt)}, the run is rejected.`,
    warnings: inspectText(`${bounced} ${workspaceName} ${sentence}`).warnings,
    footer: `Sent to ${email} because you own the workspace.`,
  };
}

export function uncollectedNoticeMessage({
  email,
  sentence,
  approvedBy,
  lapsedAt,
  workspaceName,
  link,
}: WithLink<UncollectedNoticeMail>): AccountMailMessage {
  return {
    subject: `An approved run of ${subjectName(workspaceName)} was never collected`,
    preview: `The approval lapsed on ${formatInstant(lapsedAt)}.`,
    heading: ["An approved run was never collected"],
    paragraphs: [
      [{ data: approvedBy ?? "An approver" }, " approved this in the workspace ", { data: workspaceName }, ": ", { data: sentence }, "."],
      [`No worker claimed it by ${formatInstant(lapsedAt)}, so the approval lapsed and nothing will run.`],
      ["Check that the app or runner that collects approved runs is running. To run it after all, propose it again."],
    ],
    button: { label: "Open run", href: link },
    note: "How long an approval is valid is a setting of the action.",
    warnings: inspectText(`${approvedBy ?? ""} ${workspaceName} ${sentence}`).warnings,
    footer: `Sent to ${email} because you own the workspace.`,
  };
}

export function webhookNoticeMessage({
  email,
  webhookKind,
  url,
  isGone,
  lastAnswer,
  workspaceName,
  link,
}: WithLink<WebhookNoticeMail>): AccountMailMessage {
  const name = WEBHOOK_KIND_NAMES[webhookKind];
  return {
    subject: `A ${name} in ${subjectName(workspaceName)} was disabled`,
    preview: isGone ? "It responded with 410 Gone." : "Every delivery failed for three days.",
    heading: [`A ${name} was disabled`],
    paragraphs: [
      ["It sent events of the workspace ", { data: workspaceName }, " to ", { data: url }, "."],
      isGone
        ? ["It responded with 410 Gone, so the console disabled it."]
        : ["Every delivery failed for three days, so the console disabled it."],
      ...(lastAnswer === null || isGone ? [] : [["Result of the last attempt: ", { data: lastAnswer }]]),
      ["New events aren’t sent to it and won’t be sent later. Approval emails aren’t affected."],
    ],
    button: { label: "Open in the console", href: link },
    note: "Once it works again, enable it there. If you no longer need it, delete it.",
    warnings: inspectText(`${workspaceName} ${url}`).warnings,
    footer: `Sent to ${email} because you own the workspace.`,
  };
}
