import type { AccountMailWords, MailPiece } from "./mail-words";
import { inertLine } from "@/lib/domain/text/inert-text";

/** The plain part of an account's mail: as complete as the other one. */
export function accountMailText({ heading, paragraphs, button, note, other, warnings, footer }: AccountMailWords): string {
  const sections = [
    pieces(heading),
    ...paragraphs.map((paragraph) => ("verbatim" in paragraph ? paragraph.verbatim : pieces(paragraph))),
    ...warnings.map((warning) => `Attention: ${inertLine(warning)}`),
    `${button.label}:\n${button.href}`,
    note,
    ...(other ? [`${other.before} ${other.label}:\n${other.href}`] : []),
    `-- \nDAAI Console\n${footer}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function pieces(line: readonly MailPiece[]): string {
  return line.map((piece) => (typeof piece === "string" ? piece : inertLine(piece.data))).join("");
}
