import { MAX_KEPT_DAYS, MIN_KEPT_DAYS } from "@/lib/domain/access/limits";

export const KEPT_DAYS_RULE = `Enter a whole number of days, from ${MIN_KEPT_DAYS} to ${MAX_KEPT_DAYS.toLocaleString("en-US")}.`;
