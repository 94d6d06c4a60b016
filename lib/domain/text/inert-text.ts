import { visibleText } from "./hidden-characters";

/**
 * A text that is not ours, for programs that show plain text: mail, chat. Characters that do not show stand as codes, and web
 * addresses are broken visibly: "https[:]//", "www[.]", so that no program makes links of them.
 */
export function inertText(text: string): string {
  return visibleText(text.replaceAll("\r\n", "\n"))
    .replaceAll("://", "[:]//")
    .replace(/\b(mailto|tel|javascript|data):/gi, "$1[:]")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}[.]`);
}

/** The same on one line, for header fields and headings. */
export function inertLine(text: string): string {
  return inertText(text.replace(/[\r\n\t]+/g, " "));
}
