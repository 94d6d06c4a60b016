import { z } from "zod";
import { LIST_STATES } from "@/lib/domain/lists/list-state";
import { idSchema } from "./fields";

const before = idSchema.optional().meta({ description: "`next` of the page before. Omitted: the newest." });

/** Of a list that is read page by page, the newest first. */
export const pageQuerySchema = z.strictObject({ before });

/** The same where what is over can be left out. */
export const statePageQuerySchema = z.strictObject({
  before,
  state: z.enum(LIST_STATES).optional().meta({ description: "Only those that are in force, or only the others. Omitted: all." }),
});

export const nextSchema = idSchema.nullable().meta({ description: "Send it as `before` for older ones. null: these are the oldest." });

export const idParamsSchema = z.object({ id: idSchema });
