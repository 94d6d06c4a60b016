import type { Role } from "@/lib/domain/access/roles";
import { WEBHOOK_KIND_NAMES, type WebhookKind } from "@/lib/domain/runs/webhook-events";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { roleSentence, withArticle } from "@/lib/words/role-labels";
import { type CheckpointMail, checkpointMessage } from "./checkpoint-messages";
import type { AccountMailMessage } from "./mail-message";
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
  | (WithLink & { readonly kind: "test_mail" })
  | (WithLink & CheckpointMail)
  | (WithLink & {
      readonly kind: "webhook_notice";
      readonly webhookKind: WebhookKind;
      readonly url: string;
      /** It answered 410; else it took nothing for days. */
      readonly isGone: boolean;
      /** What came of the last attempt. */
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

const NOT_YOU = "If this was not you, there is nothing to do: without the link nothing happens.";

export function accountMailMessage(mail: AccountMail): AccountMailMessage {
  const base = { paragraphs: [], warnings: [], footer: `Sent to ${mail.email} because somebody entered this address in DAAI Console.` };
  switch (mail.kind) {
    case "sign_in_link":
      return {
        ...base,
        subject: "Your link to sign in to DAAI Console",
        preview: `Works once, until ${formatInstant(mail.expiresAt)}.`,
        heading: ["Sign in to DAAI Console"],
        paragraphs: [["Open the link in the browser in which you want to be signed in, and press the button there."]],
        button: { label: "Sign in", href: mail.link },
        note: `The link works once, until ${formatInstant(mail.expiresAt)}. ${NOT_YOU}`,
      };
    case "sign_up_confirmation":
      return {
        ...base,
        subject: "Confirm your address for DAAI Console",
        preview: "One step is left: confirm that this address is yours.",
        heading: ["Confirm that this address is yours"],
        paragraphs: [["Somebody, probably you, wants an account of DAAI Console with this address. It is made when you confirm it."]],
        button: { label: "Confirm the address", href: mail.link },
        note: `The link works once, until ${formatInstant(mail.expiresAt)}. ${NOT_YOU}`,
      };
    case "test_mail":
      return {
        ...base,
        subject: "Test mail from DAAI Console",
        preview: "Mail from your console arrives.",
        heading: ["Mail from your console arrives"],
        paragraphs: [["An operator asked for this test under Admin. Approval requests and invitations come the same way."]],
        button: { label: "Open the console", href: mail.link },
        note: "Nothing needs to be done.",
      };
    case "account_exists":
      return {
        ...base,
        subject: "You have an account of DAAI Console already",
        preview: "Sign in with the one you have.",
        heading: ["You have an account already"],
        paragraphs: [
          [
            "Somebody, probably you, wanted to make an account of DAAI Console with this address. There is one already, and nothing about it was changed.",
          ],
        ],
        button: { label: "Sign in", href: mail.link },
        note: "If this was not you, there is nothing to do.",
        other: { before: "Forgot the password?", label: "Set a new one", href: mail.resetLink },
      };
    case "password_reset":
      return {
        ...base,
        subject: "Set a new password for DAAI Console",
        preview: `Works once, until ${formatInstant(mail.expiresAt)}.`,
        heading: ["Set a new password"],
        paragraphs: [["Somebody, probably you, asked to set a new password. Setting it ends every session of the account."]],
        button: { label: "Set a new password", href: mail.link },
        note: `The link works once, until ${formatInstant(mail.expiresAt)}. If this was not you, there is nothing to do: the password stays as it is.`,
      };
    case "bounce_notice":
      return bounceWords(mail);
    case "log_checkpoint":
      return checkpointMessage(mail);
    case "webhook_notice":
      return webhookWords(mail);
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
    subject: `Mail to ${subjectName(bounced)} did not arrive`,
    preview: `A run waits until ${formatInstant(expiresAt)}.`,
    heading: ["Mail to ", { data: bounced }, " did not arrive"],
    paragraphs: [
      ["It asked about a run in the workspace ", { data: workspaceName }, " that waits for a decision: ", { data: sentence }, "."],
      reason === null ? ["Why it came back is not known."] : ["What the mail provider says: ", { data: reason }],
      next === null
        ? ["Nobody else is named who has not been asked yet. You can decide it yourself, or correct the approvers."]
        : [{ data: next }, " was asked in their place."],
    ],
    button: { label: "Open the run", href: link },
    note: `Without an answer it is rejected on ${formatInstant(expiresAt)}.`,
    warnings: inspectText(`${bounced} ${workspaceName} ${sentence}`).warnings,
    footer: `Sent to ${email}, because you own the workspace.`,
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
    subject: `A ${name} of ${subjectName(workspaceName)} was disabled`,
    preview: isGone ? "It answered 410 Gone." : "It took nothing for three days.",
    heading: [`A ${name} was disabled`],
    paragraphs: [
      ["It told ", { data: url }, " what happens to runs of the workspace ", { data: workspaceName }, "."],
      isGone
        ? ["It answered 410 Gone, so the console stopped sending."]
        : ["It took nothing for three days, so the console stopped sending."],
      ...(lastAnswer === null || isGone ? [] : [["What came of the last attempt: ", { data: lastAnswer }]]),
      ["What happens from now on is not sent to it, not even later. Approvers get their mail as before."],
    ],
    button: { label: "Open it in the console", href: link },
    note: "When it works again, enable it there. If it is needed no longer, delete it.",
    warnings: inspectText(`${workspaceName} ${url}`).warnings,
    footer: `Sent to ${email}, because you own the workspace.`,
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
    subject: `You are invited to ${subjectName(workspaceName)} in DAAI Console`,
    preview: `As ${withArticle(role)}. ${roleSentence(role)}`,
    heading: ["You are invited to ", { data: workspaceName }],
    paragraphs: [
      [
        { data: invitedBy },
        ` invites you to join the workspace as ${withArticle(role)}. ${roleSentence(role)} The workspace is for `,
        { data: clientName },
        ".",
      ],
      ["In DAAI Console people decide what AI agents may do before they do it."],
    ],
    button: { label: "See the invitation", href: link },
    note: `The invitation works until ${formatInstant(expiresAt)}. Opening it changes nothing; you join with the button there.`,
    warnings: inspectText(`${workspaceName} ${clientName}`).warnings,
    footer: `Sent to ${email} because a member of the workspace entered this address. If you do not know what this is about, there is nothing to do.`,
  };
}
