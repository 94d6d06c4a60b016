import { z } from "zod";
import { displayNameSchema } from "@/lib/domain/text/display-name";

/** The kinds of keys that people create. */
export const KEY_KINDS = ["api", "workspace"] as const;

export const keyNameSchema = displayNameSchema();

export const newKeySchema = z.strictObject({ kind: z.enum(KEY_KINDS), name: keyNameSchema });

export const keyIdSchema = z.strictObject({ id: z.uuid() });
export const keyRotationSchema = z.strictObject({ id: z.uuid(), overlapMinutes: z.int().min(0).max(525_600) });
