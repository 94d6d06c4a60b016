"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { countPastRetention } from "./get-data-retention";
import { dataRetentionSchema } from "./schema";
import { setDataRetention } from "./set-data-retention";

export const saveDataRetention = memberServerAction(dataRetentionSchema, setDataRetention);

/** Shows, before it is saved, how much the next night erases. */
export const countRunsPastRetention = memberServerAction(dataRetentionSchema, countPastRetention);
