import { z } from "zod";
import { displayNameSchema } from "@/lib/domain/text/display-name";

/** The kinds of keys that people create. */
export const KEY_KINDS = ["api", "workspace"] as const;

export const keyNameSchema = displayNameSchema();

export const newKeySchema = z.strictObject({ kind: z.enum(KEY_KINDS), name: keyNameSchema });

/** How long a rotated key works on, beside its successor. */
export const OVERLAPS = [
  { minutes: 0, label: "No time: it stops now" },
  { minutes: 60, label: "1 hour" },
  { minutes: 1440, label: "1 day" },
  { minutes: 10_080, label: "7 days" },
  { minutes: 43_200, label: "30 days" },
] as const;

export const keyIdSchema = z.strictObject({ id: z.uuid() });
export const keyRotationSchema = z.strictObject({ id: z.uuid(), overlapMinutes: z.int().min(0).max(525_600) });
