import { z } from "zod";
import { bytesOfHex } from "./byte-text";
import { disclosedSchema } from "./check-disclosed";

const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text) => bytesOfHex(text) ?? new Uint8Array(0));

/** What a receipt is downloaded as: everything a verifier needs but the public key. */
export const receiptFileSchema = z.object({
  v: z.literal(1),
  workspace_id: z.string(),
  /** Null: a receipt of no run, as of a log's restart. */
  run_id: z.string().nullable(),
  receipts: z
    .array(
      z.object({
        id: z.string(),
        kind: z.string(),
        leaf_hash: hashSchema,
        body: z.string(),
        log_index: z.int().min(0).nullable().default(null),
        inclusion_proof: z.array(hashSchema).nullable().default(null),
      }),
    )
    .min(1),
  checkpoint: z.string().nullable().default(null),
  disclosed: disclosedSchema.nullable().default(null),
});

export type ReceiptFile = z.output<typeof receiptFileSchema>;

/** The members common to every receipt's text. */
export const receiptHeadSchema = z.object({
  kind: z.string(),
  receipt_id: z.string(),
  workspace_id: z.string(),
  run_id: z.string().optional(),
});

export function readReceiptHead(body: string): z.output<typeof receiptHeadSchema> | null {
  try {
    return receiptHeadSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
