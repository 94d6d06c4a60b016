import type { z } from "zod";
import { validationIssues } from "@/lib/contract/validation-issues";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { tooLargeText } from "@/lib/domain/text/size-text";
import type { ApiRequest } from "./api-request";
import { readJson } from "./read-json";

/** A limit on the exact text of one member, in bytes of UTF-8. */
export interface MemberLimit {
  /** The member's accepted names, of which one is sent. */
  readonly members: readonly string[];
  readonly maxBytes: number;
  readonly code: "payload_too_large" | "result_too_large";
  /** Its name in error messages. */
  readonly noun: string;
}

export interface BodyRules<Body> {
  readonly schema: z.ZodType<Body>;
  readonly limits?: readonly MemberLimit[];
  /** If valid requests can be larger than elsewhere. */
  readonly maxBytes?: number;
}

export interface ParsedBody<Body> {
  readonly ok: true;
  readonly body: Body;
  /** The exact text of each top-level member, as it was sent. */
  readonly memberText: Readonly<Record<string, string>>;
}

/**
 * More than the largest valid request: 16,384 bytes of result plus an error of 4,000 characters, each up to 12 bytes when written as two \u
 * escapes. The limit bounds memory and must not reject valid requests.
 */
export const BODY_MAX_BYTES = 81_920;

export async function parseBody<Body>(request: ApiRequest, rules: BodyRules<Body>): Promise<ParsedBody<Body> | Refusal> {
  const json = await readJson(request, rules.maxBytes ?? BODY_MAX_BYTES);
  if (!json.ok) return json;
  for (const limit of rules.limits ?? []) {
    const refusal = checkMemberLimit(limit, json.memberText);
    if (refusal) return refusal;
  }
  const parsed = rules.schema.safeParse(json.value);
  if (!parsed.success) return refuseInvalid(parsed.error);
  return { ok: true, body: parsed.data, memberText: json.memberText };
}

/** Responds with 422 and one sentence per field. */
export function refuseInvalid(error: z.core.$ZodError): Refusal {
  const errors = validationIssues(error);
  const [first] = errors;
  const detail = first && errors.length === 1 ? first.message : "Several fields are invalid. See errors.";
  return refuse("validation_failed", detail, { fields: { errors } });
}

function checkMemberLimit(limit: MemberLimit, memberText: ParsedBody<unknown>["memberText"]): Refusal | null {
  const bytes = Math.max(0, ...limit.members.map((name) => Buffer.byteLength(memberText[name] ?? "")));
  if (bytes <= limit.maxBytes) return null;
  return refuse(limit.code, tooLargeText(limit.noun, bytes, limit.maxBytes), { fields: { limit: limit.maxBytes } });
}
