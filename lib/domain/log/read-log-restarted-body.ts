import * as z from "zod/mini";

// Of zod/mini, because programs that verify logs have it bundled in.
const logRestartedBodySchema = z.object({
  kind: z.literal("log_restarted"),
  receipt_id: z.string(),
  workspace_id: z.string(),
  origin: z.string(),
  earlier_origin: z.string(),
  earlier_size: z.int().check(z.minimum(0)),
  earlier_root_hash: z.string(),
  backup_taken_at: z.iso.datetime(),
  restarted_at: z.iso.datetime(),
});

export type LogRestartedBody = z.output<typeof logRestartedBodySchema>;

/** Parses the receipt of a log's restart: the reverse of `logRestartedReceiptBody`. Null when the text isn't one. */
export function readLogRestartedBody(body: string): LogRestartedBody | null {
  try {
    return logRestartedBodySchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
