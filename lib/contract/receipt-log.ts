import { z } from "zod";

const logKeySchema = z
  .object({
    verifier_key: z.string().meta({ description: "`name+hash+base64`, as verifiers of C2SP signed notes take it." }),
    name: z.string(),
    key_hash: z.string(),
    signs: z.boolean().meta({
      description: "Whether new checkpoints are signed with it. Earlier keys are listed, so that old checkpoints can be checked.",
    }),
  })
  .meta({ id: "LogKey" });

/** The public keys of the receipt logs. */
export const logKeysAnswerSchema = z.object({ keys: z.array(logKeySchema) }).meta({ id: "LogKeysAnswer" });
export type LogKeysAnswer = z.infer<typeof logKeysAnswerSchema>;

export const logCheckpointQuerySchema = z.strictObject({
  from: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,14})$/, { error: "must be the size of a checkpoint" })
    .transform(Number)
    .optional()
    .meta({ description: "The size of a checkpoint that you have.", override: { type: "integer", minimum: 0, pattern: undefined } }),
});

/** What was signed last of the workspace's log. */
export const logCheckpointAnswerSchema = z
  .object({
    checkpoint: z.string().nullable().meta({ description: "A C2SP signed note; null while the log is empty." }),
    size: z.int(),
    consistency_proof: z.array(z.string()).nullable().meta({
      description:
        "Hashes in hex (RFC 6962) that lead from the checkpoint of size `from` to this one; null without `from`, or when this log is smaller.",
    }),
  })
  .meta({ id: "LogCheckpointAnswer" });
export type LogCheckpointAnswer = z.infer<typeof logCheckpointAnswerSchema>;
