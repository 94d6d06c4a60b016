import { inertLine } from "@/lib/domain/text/inert-text";

const MAX_LENGTH = 60;

/** A name that somebody chose, for a subject: on one line, and no longer than a subject bears. */
export function subjectName(name: string): string {
  const characters = [...inertLine(name)];
  return characters.length <= MAX_LENGTH ? characters.join("") : `${characters.slice(0, MAX_LENGTH).join("")}…`;
}
