"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { type LiveStatus, liveConnection } from "./live-connection";
import { useLive } from "./use-live";

const OPENING: LiveStatus = { state: "opening", heardAt: null };
/** Show a lost connection only after this time, so that nothing flickers. */
const SHOW_AFTER_MS = 2_500;
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Shows whether the page is up to date, and if not, since when. */
export function LiveDot() {
  useLive([], () => undefined);
  const { state, heardAt } = useSyncExternalStore(liveConnection.subscribeToStatus, liveConnection.getStatus, () => OPENING);
  const isLate = useIsLate(state);

  if (state === "live" || !isLate) {
    return (
      <span
        className={`inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-muted ${state === "opening" ? "invisible" : ""}`}
        role="status"
      >
        <span className="size-[7px] rounded-full bg-ok-solid" aria-hidden="true" />
        Live
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-wait" role="status">
      <span className="size-[7px] rounded-full border-[1.5px] border-wait-solid" aria-hidden="true" />
      Reconnecting
      {heardAt === null ? null : <span className="text-muted">· last updated {TIME.format(heardAt)}</span>}
    </span>
  );
}

function useIsLate(state: LiveStatus["state"]): boolean {
  const [lateState, setLateState] = useState<LiveStatus["state"] | null>(null);
  useEffect(() => {
    if (state === "live") return;
    const timer = setTimeout(() => setLateState(state), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return state !== "live" && lateState === state;
}
