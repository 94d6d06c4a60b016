import type { Role } from "@/lib/domain/access/roles";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { roleSentence, withArticle } from "@/lib/words/role-labels";
import { type CheckpointMail, checkpointMessage } from "./checkpoint-messages";
import { type GrantGivenMail, type GrantOverMail, grantGivenMessage, grantOverMessage } from "./grant-messages";
import type { AccountMailMessage, WithLink } from "./mail-message";
import {
  type BounceNoticeMail,
  bounceNoticeMessage,
  type UncollectedNoticeMail,
  uncollectedNoticeMessage,
  type WebhookNoticeMail,
  webhookNoticeMessage,
} from "./owner-notice-messages";
import { type PolicyAnsweredMail, type PolicyProposedMail, policyAnsweredMessage, policyProposedMessage } from "./policy-change-messages";
import { subjectName } from "./subject-name";

export type AccountMail = WithLink<
  | { readonly kind: "sign_in_link" | "sign_up_confirmation" | "password_reset"; readonly expiresAt: Date }
  | { readonly kind: "account_exists"; readonly resetLink: string }
  | { readonly kind: "test_mail" }
  | BounceNoticeMail
  | UncollectedNoticeMail
  | WebhookNoticeMail
  | CheckpointMail
  | PolicyProposedMail
  | PolicyAnsweredMail
  | GrantGivenMail
  | GrantOverMail
  | InvitationMail
>;

interface InvitationMail {
  readonly kind: "invitation";
  readonly role: Role;
  readonly invitedBy: string;
  readonly expiresAt: Date;
  readonly workspaceName: string;
  readonly clientName: string;
}

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
      return bounceNoticeMessage(mail);
    case "uncollected_notice":
      return uncollectedNoticeMessage(mail);
    case "log_checkpoint":
      return checkpointMessage(mail);
    case "webhook_notice":
      return webhookNoticeMessage(mail);
    case "policy_proposed":
      return policyProposedMessage(mail);
    case "policy_answered":
      return policyAnsweredMessage(mail);
    case "grant_given":
      return grantGivenMessage(mail);
    case "grant_over":
      return grantOverMessage(mail);
    case "invitation":
      return invitationMessage(mail);
  }
}

function invitationMessage({
  email,
  role,
  invitedBy,
  expiresAt,
  workspaceName,
  clientName,
  link,
}: WithLink<InvitationMail>): AccountMailMessage {
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
