import { inertLine } from "@/lib/domain/text/inert-text";

const MAX_LENGTH = 60;

/** Formats a user's name for a subject: one line, with limited length. */
export function subjectName(name: string): string {
  const characters = [...inertLine(name)];
  return characters.length <= MAX_LENGTH ? characters.join("") : `${characters.slice(0, MAX_LENGTH).join("")}…`;
}
