import { inspectText } from "@/lib/domain/text/hidden-characters";
import { formatInstant } from "@/lib/domain/time/format-instant";
import type { AccountMailMessage, MailParagraph } from "./mail-message";
import { subjectName } from "./subject-name";

export interface CheckpointMail {
  readonly kind: "log_checkpoint";
  readonly workspaceName: string;
  readonly clientName: string;
  readonly note: string;
  readonly size: number;
  readonly signedAt: Date;
  /** What the log was called in the mail before, if that was something else: it was restarted. */
  readonly earlierOrigin: string | null;
  /** The verifier keys that sign now. */
  readonly keys: readonly string[];
}

/** Nothing to download and nothing to click: the mail itself is what is kept. */
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
}: CheckpointMail & { readonly email: string; readonly link: string }): AccountMailMessage {
  const receipts = size === 1 ? "1 receipt" : `${new Intl.NumberFormat("en").format(size)} receipts`;
  return {
    subject: `Checkpoint of ${subjectName(workspaceName)}: ${receipts}`,
    preview: "Keep this mail. It shows later whether the log was changed.",
    heading: ["Keep this mail: it holds the log of ", { data: workspaceName }, " to its word"],
    paragraphs: [
      [
        `On ${formatInstant(signedAt)} the log of `,
        { data: workspaceName },
        " for ",
        { data: clientName },
        ` had ${receipts}. This is what the console signed about them:`,
      ],
      { verbatim: note.trimEnd() },
      ...restarted(earlierOrigin),
      ["To keep it, do nothing but not delete this mail. It is worth most where whoever runs the console cannot get at it."],
      [
        "To use it, ask for the archive of the log (the operator’s command is log export). Drop that on the page below, with the lines above, from the first to the last, as the checkpoint you kept and the keys below. " +
          "Or, on a computer of your own, put the lines into a file checkpoint.txt and run:",
      ],
      {
        verbatim: `pip install 'daai-python[verify]'\npython -m daai verify receipts.tar --checkpoint checkpoint.txt ${keys.map((key) => `--key '${key}'`).join(" ")}`,
      },
      ["It says whether the log still begins with these receipts, or was rolled back or rewritten. It does not say that they are true."],
      [
        `Signed with the ${keys.length === 1 ? "key" : "keys"} in that command. When a later mail names another, ask why before you trust it.`,
      ],
    ],
    button: { label: "Open the page that checks", href: link },
    note: "One mail a day at most, and none on days without a new receipt.",
    warnings: inspectText(`${workspaceName} ${clientName}`).warnings,
    footer: `Sent to ${email} because an owner of the workspace entered this address. To get no more of these, ask them.`,
  };
}

function restarted(earlierOrigin: string | null): MailParagraph[] {
  if (earlierOrigin === null) return [];
  return [
    [
      "The log has another name than in the mail before: its operator restored a backup and restarted it. What was written after the backup is lost. Check the archive with the checkpoint of that mail, too: it tells how much. The log was called:",
    ],
    { verbatim: earlierOrigin },
  ];
}
