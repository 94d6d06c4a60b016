import * as z from "zod/mini";
import { jcsText } from "@/lib/domain/json/canonical-text";
import { applyPatch } from "@/lib/domain/json/json-patch";
import type { JsonValue } from "@/lib/domain/json-value";
import { bytesOfHex, hexText } from "./byte-text";
import { hmacSha256 } from "./hmac-sha256";
import type { Sha256 } from "./merkle-tree";

const text = z._default(z.nullable(z.string()), null);

/** The texts that receipts commit to, with the salt under which they do: part of a file whose sharer discloses them. */
export const disclosedSchema = z.object({
  salt: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  payload: z.string(),
  context: text,
  result: text,
  error: text,
  /** Of a decision with a change: the payload that was approved, or proposed instead, and the difference as RFC 6902. */
  changed_payload: text,
  changes: text,
});
type Disclosed = z.output<typeof disclosedSchema>;

const commitment = z.optional(z.nullable(z.string()));
const commitmentsSchema = z.object({
  payload_commitment: commitment,
  context_commitment: commitment,
  result_commitment: commitment,
  error_commitment: commitment,
});

const NAMES = { payload: "payload", context: "reasoning and source", result: "reported result", error: "reported error" } as const;

/** What of the disclosed texts is not what the receipts commit to: none of them may be changed, added or left out. */
export async function checkDisclosed(sha256: Sha256, disclosed: Disclosed, bodies: readonly string[]): Promise<string[]> {
  const salt = bytesOfHex(disclosed.salt) ?? new Uint8Array(0);
  const commitments = bodies.map(readCommitments);
  const problems: string[] = [];
  for (const part of ["payload", "context", "result", "error"] as const) {
    const told = disclosed[part];
    const expected = commitments.map((found) => found[`${part}_commitment`]).find((found) => found != null) ?? null;
    const actual = told === null ? null : hexText(await hmacSha256(sha256, salt, new TextEncoder().encode(told)));
    if (actual !== expected) problems.push(`The ${NAMES[part]} in the file is not the one that the receipt commits to.`);
  }
  return [...problems, ...(await checkChange(sha256, disclosed, salt, bodies))];
}

const changedSchema = z.object({
  kind: z.literal("decision"),
  change: z.object({ payload_commitment: z.string(), changes_commitment: z.string() }),
});

/** A decision with a change commits to both payloads, and to what makes one of the other. */
async function checkChange(
  sha256: Sha256,
  disclosed: Disclosed,
  salt: Uint8Array<ArrayBuffer>,
  bodies: readonly string[],
): Promise<string[]> {
  const { changed_payload: payload, changes } = disclosed;
  const change = bodies.map((body) => changedSchema.safeParse(parse(body)).data?.change).find((found) => found !== undefined);
  const commitTo = async (part: string | null) =>
    part === null ? null : hexText(await hmacSha256(sha256, salt, new TextEncoder().encode(part)));
  const isCommitted =
    (await commitTo(payload)) === (change?.payload_commitment ?? null) &&
    (await commitTo(changes)) === (change?.changes_commitment ?? null);
  if (!isCommitted) return ["The change in the file is not the one that the receipt commits to."];
  if (payload === null || isChangeOf(disclosed.payload, payload, changes)) return [];
  return ["The change in the file is not the difference between its payloads."];
}

function isChangeOf(proposed: string, changed: string, changes: string | null): boolean {
  const [before, after, operations] = [proposed, changed, changes ?? ""].map(parse) as [JsonValue | null, JsonValue | null, unknown];
  try {
    const made = before === null ? null : applyPatch(before, operations);
    return made !== null && after !== null && jcsText(made) === jcsText(after);
  } catch {
    return false;
  }
}

function readCommitments(body: string): z.output<typeof commitmentsSchema> {
  return commitmentsSchema.safeParse(parse(body)).data ?? {};
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
