import { z } from "zod";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { draftSchema, plainActionSchema } from "@/lib/registered-actions/schema";

const { name } = plainActionSchema.shape;

export const newShadowSchema = z.strictObject({ name, draft: draftSchema });

export const shadowSchema = z.strictObject({ name, shadowId: z.uuid() });

export const shadowInForceSchema = shadowSchema.extend({
  /** The state of the action that was looked at. */
  configVersion: z.int().min(1),
  /** For whoever confirms it, where the workspace asks for a second person. */
  comment: z.string().trim().max(COMMENT_MAX_LENGTH),
});
