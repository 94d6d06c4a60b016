import { HOUR_MS } from "@/lib/domain/time/units";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

export interface Bucket {
  start: Date;
  isHour: boolean;
  /** The bucket that hasn't ended yet. */
  isLast: boolean;
}

/** For the axis, where space is limited: "7 Nov", "14:00", "Today", "Now". */
export function bucketLabel({ start, isHour, isLast }: Bucket): string {
  if (isLast) return isHour ? "Now" : "Today";
  return isHour ? hourOf(start) : DAY.format(start);
}

/** In full: "7 Nov", "19 Nov, 14:00 to 15:00". */
export function bucketName({ start, isHour }: Bucket): string {
  if (!isHour) return DAY.format(start);
  return `${DAY.format(start)}, ${hourOf(start)} to ${hourOf(new Date(start.getTime() + HOUR_MS))}`;
}

function hourOf(instant: Date): string {
  return instant.toISOString().slice(11, 16);
}
