import { z } from "zod";

export const SETTLEMENTS = ["executed", "failed", "released"] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

export const settleRunSchema = z.strictObject({ runId: z.uuid(), settlement: z.enum(SETTLEMENTS) });
