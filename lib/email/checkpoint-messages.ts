import { inspectText } from "@/lib/domain/text/hidden-characters";
import { possessive } from "@/lib/domain/text/possessive";
import { formatInstant } from "@/lib/domain/time/format-instant";
import type { AccountMailMessage, MailParagraph, WithLink } from "./mail-message";
import { subjectName } from "./subject-name";

export interface CheckpointMail {
  readonly kind: "log_checkpoint";
  readonly workspaceName: string;
  readonly clientName: string;
  readonly note: string;
  readonly size: number;
  readonly signedAt: Date;
  /** The log's name in the previous email, if it was another one: the log was restarted. */
  readonly earlierOrigin: string | null;
  /** The verifier keys that sign now. */
  readonly keys: readonly string[];
  /** The Python SDK, as pip installs it. */
  readonly wheelUrl: string;
}

/** Nothing to download and nothing to click: the email itself is the evidence to keep. */
export function checkpointMessage({
  email,
  link,
  workspaceName,
  clientName,
  note,
  size,
  signedAt,
  earlierOrigin,
  keys,
  wheelUrl,
}: WithLink<CheckpointMail>): AccountMailMessage {
  const receipts = size === 1 ? "1 receipt" : `${new Intl.NumberFormat("en").format(size)} receipts`;
  return {
    subject: `Checkpoint of ${subjectName(workspaceName)}: ${receipts}`,
    preview: "Keep this email. It can show later whether the log was changed.",
    heading: ["Keep this email: it is evidence of ", { data: possessive(workspaceName) }, " receipt log"],
    paragraphs: [
      [
        `On ${formatInstant(signedAt)}, the log of `,
        { data: workspaceName },
        " for ",
        { data: clientName },
        ` had ${receipts}. The console signed this statement about them:`,
      ],
      { verbatim: note.trimEnd() },
      ...restarted(earlierOrigin),
      ["To keep it, don’t delete this email. It is most useful in a mailbox the console’s operator can’t access."],
      [
        "To use it, ask for the archive of the log (the operator’s command is log export). Drop the archive on the page below. Paste the lines above, from first to last, as the checkpoint you kept, and the keys below as the keys you trust. " +
          "Or put the lines into a file checkpoint.txt on your own computer and run:",
      ],
      {
        verbatim: `pip install 'daai-python[verify] @ ${wheelUrl}'\npython -m daai verify receipts.tar --checkpoint checkpoint.txt ${keys.map((key) => `--key '${key}'`).join(" ")}`,
      },
      ["It shows whether the log still begins with these receipts, or was rolled back or rewritten. It doesn’t show that they are true."],
      [
        `Signed with the ${keys.length === 1 ? "key" : "keys"} in that command. If a later email names another key, ask why before you trust it.`,
      ],
    ],
    button: { label: "Open the verify page", href: link },
    note: "At most one email a day, and none on days without a new receipt.",
    warnings: inspectText(`${workspaceName} ${clientName}`).warnings,
    footer: `Sent to ${email} because an owner of the workspace entered this address. To stop these emails, ask them.`,
  };
}

function restarted(earlierOrigin: string | null): MailParagraph[] {
  if (earlierOrigin === null) return [];
  return [
    [
      "The log has a different name than in the previous email: its operator restored a backup and restarted it. Receipts written after the backup are lost. Also check the archive with the checkpoint of that email, which shows how many. The earlier name:",
    ],
    { verbatim: earlierOrigin },
  ];
}
