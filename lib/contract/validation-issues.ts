import type { z } from "zod";
import { pathText } from "@/lib/domain/json/path-text";

// A type, not an interface, so that a list of them is JSON to the compiler.
export type ValidationIssue = { path: string; message: string };

const MAX_ISSUES = 20;

/** The problems of a request, one sentence per field, without any of its values. At most 20. `under` prefixes each path. */
export function validationIssues(error: z.core.$ZodError, under?: string): ValidationIssue[] {
  return error.issues.flatMap((issue) => sentences(issue, under === undefined ? issue.path : [under, ...issue.path])).slice(0, MAX_ISSUES);
}

function sentences(issue: z.core.$ZodIssue, path: PropertyKey[]): ValidationIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => say([...path, key], "is not a field of this request. Remove it."));
  }
  return [say(path, `${rule(issue)}.`)];
}

function say(path: PropertyKey[], message: string): ValidationIssue {
  const name = pathText(path);
  return { path: name, message: `${name === "" ? "The body" : name} ${message}` };
}

function rule(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return isMissing(issue) ? "is required" : `must be ${TYPE_LABELS[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `must be at least ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}`;
    case "invalid_value":
      return `must be ${issue.values.map(String).join(" or ")}`;
    case "invalid_format":
    case "custom":
      return issue.message;
    default:
      return "isn't valid";
  }
}

// Zod keeps the rejected value out of its issues; only the message shows that there was none.
function isMissing(issue: z.core.$ZodIssueInvalidType): boolean {
  return issue.message.endsWith("received undefined");
}

const TYPE_LABELS: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a JSON object",
};
