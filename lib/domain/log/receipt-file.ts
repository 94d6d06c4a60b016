import * as z from "zod/mini";
import { bytesOfHex } from "./byte-text";
import { disclosedSchema } from "./check-disclosed";

// Of zod/mini, because programs that verify receipts have it bundled in.
const hashSchema = z.pipe(
  z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  z.transform((text: string) => bytesOfHex(text) ?? new Uint8Array(0)),
);

/** What a receipt is downloaded as: everything a verifier needs but the public key. */
export const receiptFileSchema = z.object({
  v: z.literal(1),
  workspace_id: z.string(),
  /** Null: a receipt of no run, as of a log's restart. */
  run_id: z.nullable(z.string()),
  receipts: z
    .array(
      z.object({
        id: z.string(),
        kind: z.string(),
        leaf_hash: hashSchema,
        body: z.string(),
        log_index: z._default(z.nullable(z.int().check(z.minimum(0))), null),
        inclusion_proof: z._default(z.nullable(z.array(hashSchema)), null),
      }),
    )
    .check(z.minLength(1)),
  checkpoint: z._default(z.nullable(z.string()), null),
  disclosed: z._default(z.nullable(disclosedSchema), null),
});

export type ReceiptFile = z.output<typeof receiptFileSchema>;

/** The members common to every receipt's text. */
export const receiptHeadSchema = z.object({
  kind: z.string(),
  receipt_id: z.string(),
  workspace_id: z.string(),
  run_id: z.optional(z.string()),
});

export function readReceiptHead(body: string): z.output<typeof receiptHeadSchema> | null {
  try {
    return receiptHeadSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
