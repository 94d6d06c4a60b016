import { inConsole } from "@/lib/net/base-path";
import { liveConnection } from "./live-connection";

/**
 * Whether the console can be reached. A failed navigation shows the browser's error page and loses what was typed, so this is checked first
 * when the live stream is disconnected.
 */
export async function isReachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  if (liveConnection.getStatus().state !== "away") return true;
  return fetch(inConsole("/api/health"), { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}
