import type { Refusal } from "@/lib/domain/refusals/refusal";

export interface FieldMessage {
  name: string;
  message: string;
}

/** What a refusal says about single fields, by the names the form knows them by: "policy.threshold". */
export function fieldMessages(refusal: Refusal): FieldMessage[] {
  const errors = refusal.fields?.errors;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((entry) => {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return [];
    const { path, message } = entry;
    return typeof message === "string" ? [{ name: fieldName(path), message }] : [];
  });
}

/** Accepts what servers write: ["policy", "threshold"], "/policy/threshold", "policy.threshold". */
function fieldName(path: unknown): string {
  if (Array.isArray(path)) return path.map(String).join(".");
  if (typeof path !== "string") return "";
  return path.startsWith("/") ? path.slice(1).replaceAll("/", ".") : path;
}

/** Splits them into those that stand beside a field of the form and those that only the form as a whole can say. */
export function sortMessages(
  messages: readonly FieldMessage[],
  knownNames: ReadonlySet<string>,
): {
  beside: FieldMessage[];
  general: string[];
} {
  const beside: FieldMessage[] = [];
  const general: string[] = [];
  for (const entry of messages) {
    const name = nearestKnown(entry.name, knownNames);
    if (name === null) general.push(entry.message);
    else if (!beside.some((other) => other.name === name)) beside.push({ name, message: entry.message });
  }
  return { beside, general };
}

/** "approvers.2.email" belongs to the field "approvers" when the form has no finer one. */
function nearestKnown(name: string, knownNames: ReadonlySet<string>): string | null {
  for (let part = name; part !== ""; part = part.includes(".") ? part.slice(0, part.lastIndexOf(".")) : "") {
    if (knownNames.has(part)) return part;
  }
  return null;
}
