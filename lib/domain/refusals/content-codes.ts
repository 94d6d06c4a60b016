import type { ErrorCodeText } from "./error-code-text";

/** What is wrong with what a request contains. */
export const CONTENT_CODES = {
  body_too_large: {
    title: "Body too large",
    meaning: "The request body is larger than any valid request. Send only what the policy and the reviewer need.",
  },
  payload_too_large: {
    title: "Payload too large",
    meaning: "The payload is over the limit. Send only what the policy and the reviewer need, no documents or files.",
  },
  result_too_large: {
    title: "Execution result too large",
    meaning: "The execution result is over the limit. Send a summary and keep the rest on your side.",
  },
  validation_failed: {
    title: "Invalid request",
    meaning: "A field is missing, mistyped, too long or out of range. The member errors names each field.",
  },
  unsafe_number: {
    title: "Inexact number",
    meaning: "A number is too large or has too many digits to be stored exactly. Send it as a string.",
  },
  duplicate_member: {
    title: "Duplicate member",
    meaning: "An object names the same member twice, so its value is ambiguous. Send each member once.",
  },
  invalid_json_structure: {
    title: "Unacceptable JSON",
    meaning: "The JSON is nested too deeply, or contains a NUL character, a lone surrogate or a forbidden member name.",
  },
} as const satisfies Record<string, ErrorCodeText>;
