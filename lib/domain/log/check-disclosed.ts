import * as z from "zod/mini";
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
  return problems;
}

function readCommitments(body: string): z.output<typeof commitmentsSchema> {
  try {
    return commitmentsSchema.safeParse(JSON.parse(body)).data ?? {};
  } catch {
    return {};
  }
}
