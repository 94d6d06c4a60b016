import type { z } from "zod";
import { type ActionSettings, plainActionSchema } from "./schema";

/** What decides about a run: the policy, and what it looks at beside the payload. */
export const draftSchema = plainActionSchema.pick({ policy: true, recipientField: true, riskLevel: true });
export type Draft = z.output<typeof draftSchema>;

export function draftOf({ policy, recipientField, riskLevel }: ActionSettings): Draft {
  return { policy, recipientField, riskLevel };
}
