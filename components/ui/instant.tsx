import type { InstantFormat } from "@/lib/domain/time/format-local-instant";
import { LocalTime } from "./local-time";

/** A moment in the reader's zone, with the UTC instant on hover. Until scripts run, and without them, it is written in UTC. */
export function Instant({ at, format = "full" }: { at: Date | string; format?: InstantFormat }) {
  return <LocalTime at={typeof at === "string" ? at : at.toISOString()} format={format} />;
}
