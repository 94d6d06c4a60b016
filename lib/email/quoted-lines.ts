import { inertText } from "@/lib/domain/text/inert-text";

/** A text that is not ours with a mark before every line, so that a line of the agent's cannot pass for one of ours. */
export function quotedLines(text: string, mark: string): string {
  return inertText(text)
    .split("\n")
    .map((line) => `${mark}${line}`)
    .join("\n");
}
