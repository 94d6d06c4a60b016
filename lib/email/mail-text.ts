import { visibleText } from "@/lib/domain/hidden-characters";

/**
 * A text that is not ours, for the plain part of a mail. Characters that do not show stand as codes, and web addresses are
 * broken visibly: "https[:]//", "www[.]", so that no mail program makes links of them.
 */
export function mailText(text: string): string {
  return visibleText(text.replaceAll("\r\n", "\n"))
    .replaceAll("://", "[:]//")
    .replace(/\b(mailto|tel|javascript|data):/gi, "$1[:]")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}[.]`);
}

/** The same on one line, for header fields and headings. */
export function mailLine(text: string): string {
  return mailText(text.replace(/[\r\n\t]+/g, " "));
}

/** The same with a mark before every line, so that a line of the agent's cannot pass for one of ours. */
export function quotedLines(text: string, mark: string): string {
  return mailText(text)
    .split("\n")
    .map((line) => `${mark}${line}`)
    .join("\n");
}
