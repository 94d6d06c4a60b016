import { z } from "zod";

/** The process runs. Says nothing about the database. */
export const healthAnswerSchema = z.object({ status: z.literal("ok") }).meta({ id: "HealthAnswer" });
export type HealthAnswer = z.infer<typeof healthAnswerSchema>;

const checkSchema = z.object({
  status: z.enum(["ok", "degraded", "failed"]),
  detail: z.string().nullable(),
});

/** `degraded` still serves requests: something needs the operator's eye. `not_ready` is answered with 503. */
export const readyAnswerSchema = z
  .object({
    status: z.enum(["ready", "degraded", "not_ready"]),
    checks: z.object({
      database: checkSchema,
      migrations: checkSchema,
      connections: checkSchema,
      worker: checkSchema,
      receipts: checkSchema,
      proxy: checkSchema,
    }),
  })
  .meta({ id: "ReadyAnswer" });
export type ReadyAnswer = z.infer<typeof readyAnswerSchema>;
