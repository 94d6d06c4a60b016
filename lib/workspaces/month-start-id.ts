/** The smallest UUIDv7 of the instant's UTC month: ids sort by time, so a month is a range of the primary key. */
export function monthStartId(at: Date): string {
  const startMs = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
  const time = startMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
