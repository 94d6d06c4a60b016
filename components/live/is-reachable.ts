import { liveConnection } from "./live-connection";

/**
 * Whether another page can be had. A navigation that fails leaves the browser's own error page, and what was typed is lost; so
 * when the live stream is gone, the console is asked first.
 */
export async function isReachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  if (liveConnection.getStatus().state !== "away") return true;
  return fetch("/api/health", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}
