import { visibleText } from "./hidden-characters";

/**
 * A text that is not ours, for programs that show plain text: mail, chat. Characters that do not show stand as codes, and web
 * addresses are broken visibly: "https[:]//", "www[.]", "example[.]com/pay", so that no program makes links of them.
 */
export function inertText(text: string): string {
  return visibleText(text.replaceAll("\r\n", "\n"))
    .replaceAll("://", "[:]//")
    .replace(/\b(mailto|tel|javascript|data):/gi, "$1[:]")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}[.]`)
    .replace(HOST_LIKE, (found, at: number, whole: string) =>
      ENDS_AS_HOST.test(found) && GOES_ON_AS_ADDRESS.test(whole.slice(at + found.length, at + found.length + 8))
        ? found.replace(/\.(?=[\p{L}\p{N}])/gu, "[.]")
        : found,
    );
}

/**
 * An address without a scheme is told from an amount, a file's name or two sentences without a space by what follows it: a path,
 * a query, or a place within a page. Whole runs are looked at, so that it takes no longer than the text is long.
 */
const HOST_LIKE = /[\p{L}\p{M}\p{N}_.-]+/gu;
const ENDS_AS_HOST = /\.(?:\p{L}{2,}|xn--[a-z0-9-]+)\.?$/iu;
const GOES_ON_AS_ADDRESS = /^(?::\d{1,5})?(?:\/|[?#][\p{L}\p{N}])/u;

/** The same on one line, for header fields and headings. */
export function inertLine(text: string): string {
  return inertText(text.replace(/[\r\n\t]+/g, " "));
}
