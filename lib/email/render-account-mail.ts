import { inertLine } from "@/lib/domain/text/inert-text";
import { type AccountMail, accountMailMessage } from "./account-mail-messages";
import { excerptText, MAX_WARNINGS } from "./mail-excerpt";
import type { AccountMailMessage, MailPiece } from "./mail-message";
import type { RenderedMail } from "./rendered-mail";

const MAX_BYTES_OF_DATA = 6_000;
/** All of them together. */
const MAX_BYTES_OF_ALL = 60_000;

/** Renders an email about an account. Both parts have the same content, and no name in it can become markup, a link or a header. */
export async function renderAccountMail(mail: AccountMail): Promise<RenderedMail> {
  // Loaded with the first email, like the approval's.
  const { renderAccountHtml } = await import("./account-mail");
  const words = excerptWords(accountMailMessage(mail));
  return { subject: words.subject, html: await renderAccountHtml(words), text: accountMailText(words) };
}

/** Names and reasons may be long, and mail programs cut off the end of long emails. */
function excerptWords(words: AccountMailMessage): AccountMailMessage {
  const lines = words.paragraphs.filter((paragraph): paragraph is readonly MailPiece[] => !("verbatim" in paragraph));
  const count = lines.flat().filter((piece) => typeof piece !== "string").length;
  const bytesEach = Math.min(MAX_BYTES_OF_DATA, Math.floor(MAX_BYTES_OF_ALL / Math.max(count, 1)));
  const short = (line: readonly MailPiece[]) =>
    line.map((piece) => (typeof piece === "string" ? piece : { data: excerptText(piece.data, bytesEach) }));
  return {
    ...words,
    heading: short(words.heading),
    paragraphs: words.paragraphs.map((paragraph) => ("verbatim" in paragraph ? paragraph : short(paragraph))),
    warnings: words.warnings.slice(0, MAX_WARNINGS),
    footer: excerptText(words.footer, MAX_BYTES_OF_DATA),
  };
}

/** The plain text part of an account email, as complete as the HTML. */
export function accountMailText({ heading, paragraphs, button, note, other, warnings, footer }: AccountMailMessage): string {
  const sections = [
    pieces(heading),
    ...paragraphs.map((paragraph) => ("verbatim" in paragraph ? paragraph.verbatim : pieces(paragraph))),
    ...warnings.map((warning) => `Warning: ${inertLine(warning)}`),
    `${button.label}:\n${button.href}`,
    note,
    ...(other ? [`${other.before} ${other.label}:\n${other.href}`] : []),
    `-- \nDAAI Console\n${inertLine(footer)}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function pieces(line: readonly MailPiece[]): string {
  return line.map((piece) => (typeof piece === "string" ? piece : inertLine(piece.data))).join("");
}
