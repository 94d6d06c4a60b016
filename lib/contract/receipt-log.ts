import { z } from "zod";

const logKeySchema = z
  .object({
    verifier_key: z.string().meta({ description: "`name+hash+base64`, the format of C2SP signed notes." }),
    name: z.string(),
    key_hash: z.string(),
    signs: z.boolean().meta({
      description: "Whether new checkpoints are signed with it. Earlier keys are listed so that old checkpoints can be verified.",
    }),
  })
  .meta({ id: "LogKey" });

/** The public keys of the receipt logs. */
export const logKeysResponseSchema = z.object({ keys: z.array(logKeySchema) }).meta({ id: "LogKeysResponse" });
export type LogKeysResponse = z.infer<typeof logKeysResponseSchema>;

export const logCheckpointQuerySchema = z.strictObject({
  from: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,14})$/, { error: "must be the size of a checkpoint" })
    .transform(Number)
    .optional()
    .meta({ description: "The size of a checkpoint you have.", override: { type: "integer", minimum: 0, pattern: undefined } }),
});

/** The latest signed checkpoint of the workspace's log. */
export const logCheckpointResponseSchema = z
  .object({
    checkpoint: z.string().nullable().meta({ description: "A C2SP signed note. null if the log is empty." }),
    size: z.int(),
    consistency_proof: z.array(z.string()).nullable().meta({
      description:
        "Hashes in hex (RFC 6962) that prove this checkpoint extends the one of size `from`. null without `from`, or if this log is smaller.",
    }),
  })
  .meta({ id: "LogCheckpointResponse" });
export type LogCheckpointResponse = z.infer<typeof logCheckpointResponseSchema>;
