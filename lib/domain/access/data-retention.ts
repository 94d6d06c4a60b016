/** Personal data of runs is kept at least and at most so many days, where a workspace sets a time. */
export const MIN_KEPT_DAYS = 1;
export const MAX_KEPT_DAYS = 3650;
