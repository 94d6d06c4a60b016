import type { Role } from "@/lib/domain/access/roles";
import { WEBHOOK_KIND_NAMES, type WebhookKind } from "@/lib/domain/runs/webhook-events";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { roleSentence, withArticle } from "@/lib/words/role-labels";
import { type CheckpointMail, checkpointMessage } from "./checkpoint-messages";
import { type GrantGivenMail, type GrantOverMail, grantGivenMessage, grantOverMessage } from "./grant-messages";
import type { AccountMailMessage } from "./mail-message";
import { type PolicyAnsweredMail, type PolicyProposedMail, policyAnsweredMessage, policyProposedMessage } from "./policy-change-messages";
import { subjectName } from "./subject-name";

interface WithLink {
  readonly email: string;
  readonly link: string;
}

export type AccountMail =
  | (WithLink & { readonly kind: "sign_in_link" | "sign_up_confirmation" | "password_reset"; readonly expiresAt: Date })
  | (WithLink & { readonly kind: "account_exists"; readonly resetLink: string })
  | (WithLink & {
      readonly kind: "bounce_notice";
      readonly bounced: string;
      readonly reason: string | null;
      readonly sentence: string;
      readonly expiresAt: Date;
      /** Who was asked in their place. */
      readonly next: string | null;
      readonly workspaceName: string;
    })
  | (WithLink & {
      readonly kind: "uncollected_notice";
      readonly sentence: string;
      readonly approvedBy: string | null;
      readonly lapsedAt: Date;
      readonly workspaceName: string;
    })
  | (WithLink & { readonly kind: "test_mail" })
  | (WithLink & CheckpointMail)
  | (WithLink & PolicyProposedMail)
  | (WithLink & PolicyAnsweredMail)
  | (WithLink & GrantGivenMail)
  | (WithLink & GrantOverMail)
  | (WithLink & {
      readonly kind: "webhook_notice";
      readonly webhookKind: WebhookKind;
      readonly url: string;
      /** It responded with 410; else every delivery failed for days. */
      readonly isGone: boolean;
      /** The result of the last attempt. */
      readonly lastAnswer: string | null;
      readonly workspaceName: string;
    })
  | (WithLink & {
      readonly kind: "invitation";
      readonly role: Role;
      readonly invitedBy: string;
      readonly expiresAt: Date;
      readonly workspaceName: string;
      readonly clientName: string;
    });

const NOT_YOU = "If this wasn’t you, you can ignore this email. Nothing happens unless someone uses the link.";

export function accountMailMessage(mail: AccountMail): AccountMailMessage {
  const base = { paragraphs: [], warnings: [], footer: `Sent to ${mail.email} because someone entered this address in DAAI Console.` };
  switch (mail.kind) {
    case "sign_in_link":
      return {
        ...base,
        subject: "Your sign-in link for DAAI Console",
        preview: `The link works once, until ${formatInstant(mail.expiresAt)}.`,
        heading: ["Sign in to DAAI Console"],
        paragraphs: [["Open the link in the browser where you want to sign in, then select Sign in."]],
        button: { label: "Sign in", href: mail.link },
        note: `The link works once, until ${formatInstant(mail.expiresAt)}. ${NOT_YOU}`,
      };
    case "sign_up_confirmation":
      return {
        ...base,
        subject: "Confirm your email address for DAAI Console",
        preview: "One step left: confirm that this address is yours.",
        heading: ["Confirm your email address"],
        paragraphs: [["Someone, probably you, signed up for DAAI Console with this address. Confirm it to create the account."]],
        button: { label: "Confirm address", href: mail.link },
        note: `The link works once, until ${formatInstant(mail.expiresAt)}. ${NOT_YOU}`,
      };
    case "test_mail":
      return {
        ...base,
        subject: "Test email from DAAI Console",
        preview: "Your console can send email.",
        heading: ["Your console can send email"],
        paragraphs: [["An operator asked for this test under Admin. Approval requests and invitations are sent the same way."]],
        button: { label: "Open the console", href: mail.link },
        note: "There’s nothing you need to do.",
      };
    case "account_exists":
      return {
        ...base,
        subject: "You already have a DAAI Console account",
        preview: "Sign in with your existing account.",
        heading: ["You already have an account"],
        paragraphs: [
          [
            "Someone, probably you, tried to sign up for DAAI Console with this address. It already has an account, and nothing was changed.",
          ],
        ],
        button: { label: "Sign in", href: mail.link },
        note: "If this wasn’t you, you can ignore this email.",
        other: { before: "Forgot your password?", label: "Reset it", href: mail.resetLink },
      };
    case "password_reset":
      return {
        ...base,
        subject: "Reset your DAAI Console password",
        preview: `The link works once, until ${formatInstant(mail.expiresAt)}.`,
        heading: ["Reset your password"],
        paragraphs: [["Someone, probably you, asked to reset the password of this account. A new password signs you out everywhere."]],
        button: { label: "Reset password", href: mail.link },
        note: `The link works once, until ${formatInstant(mail.expiresAt)}. If this wasn’t you, you can ignore this email. Your password stays the same.`,
      };
    case "bounce_notice":
      return bounceWords(mail);
    case "uncollected_notice":
      return uncollectedWords(mail);
    case "log_checkpoint":
      return checkpointMessage(mail);
    case "webhook_notice":
      return webhookWords(mail);
    case "policy_proposed":
      return policyProposedMessage(mail);
    case "policy_answered":
      return policyAnsweredMessage(mail);
    case "grant_given":
      return grantGivenMessage(mail);
    case "grant_over":
      return grantOverMessage(mail);
    case "invitation":
      return invitationWords(mail);
  }
}

function bounceWords({
  email,
  bounced,
  reason,
  sentence,
  expiresAt,
  next,
  workspaceName,
  link,
}: Extract<AccountMail, { kind: "bounce_notice" }>): AccountMailMessage {
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

function uncollectedWords({
  email,
  sentence,
  approvedBy,
  lapsedAt,
  workspaceName,
  link,
}: Extract<AccountMail, { kind: "uncollected_notice" }>): AccountMailMessage {
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

function webhookWords({
  email,
  webhookKind,
  url,
  isGone,
  lastAnswer,
  workspaceName,
  link,
}: Extract<AccountMail, { kind: "webhook_notice" }>): AccountMailMessage {
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

function invitationWords({
  email,
  role,
  invitedBy,
  expiresAt,
  workspaceName,
  clientName,
  link,
}: Extract<AccountMail, { kind: "invitation" }>): AccountMailMessage {
  return {
    subject: `You’re invited to ${subjectName(workspaceName)} in DAAI Console`,
    preview: `As ${withArticle(role)}. ${roleSentence(role)}`,
    heading: ["You’re invited to ", { data: workspaceName }],
    paragraphs: [
      [
        { data: invitedBy },
        ` invited you to join the workspace as ${withArticle(role)}. ${roleSentence(role)} The workspace is for `,
        { data: clientName },
        ".",
      ],
      ["In DAAI Console, people decide what AI agents may do before they do it."],
    ],
    button: { label: "Open invitation", href: link },
    note: `The invitation works until ${formatInstant(expiresAt)}. Opening it changes nothing. You join with the button on the page.`,
    warnings: inspectText(`${workspaceName} ${clientName}`).warnings,
    footer: `Sent to ${email} because a member of the workspace entered this address. If you weren’t expecting this, you can ignore it.`,
  };
}
