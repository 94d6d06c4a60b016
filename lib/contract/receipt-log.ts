import { z } from "zod";

const logKeySchema = z
  .object({
    verifier_key: z.string().meta({ description: "`name+hash+base64`, as verifiers of C2SP signed notes take it." }),
    name: z.string(),
    key_hash: z.string(),
    signs: z.boolean().meta({ description: "Whether new checkpoints are signed with it. Earlier keys are listed, so that old checkpoints can be checked." }),
  })
  .meta({ id: "LogKey" });

/** The public keys of the receipt logs. */
export const logKeysAnswerSchema = z.object({ keys: z.array(logKeySchema) }).meta({ id: "LogKeysAnswer" });
export type LogKeysAnswer = z.infer<typeof logKeysAnswerSchema>;
