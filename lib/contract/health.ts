import { z } from "zod";

/** The process is running. Doesn't cover the database. */
export const healthResponseSchema = z.object({ status: z.literal("ok") }).meta({ id: "HealthResponse" });
export type HealthResponse = z.infer<typeof healthResponseSchema>;

const checkSchema = z.object({
  status: z.enum(["ok", "degraded", "failed"]),
  detail: z.string().nullable(),
});

/** `degraded` still serves requests but needs the operator's attention. The response to `not_ready` is 503. */
export const readyResponseSchema = z
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
  .meta({ id: "ReadyResponse" });
export type ReadyResponse = z.infer<typeof readyResponseSchema>;
