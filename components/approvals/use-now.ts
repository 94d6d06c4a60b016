"use client";

import { useEffect, useState } from "react";
import { serverNow, setServerClock } from "@/components/ui/server-clock";

const TICK_MS = 10_000;

/**
 * Returns the server's current time, updated while the page is open. The first value is the one the server rendered with, so that hydration
 * matches.
 */
export function useNow(startedAt: number): Date {
  const [now, setNow] = useState(startedAt);
  useEffect(() => {
    setServerClock(startedAt);
    const tick = () => setNow(serverNow());
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [startedAt]);
  return new Date(now);
}
