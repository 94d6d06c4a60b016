"use client";

import { useEffect, useState } from "react";
import { serverNow, setServerClock } from "@/components/ui/server-clock";

const TICK_MS = 10_000;

/** The present by the server's clock, kept present. The first value is what the server rendered with, so that the first picture is the same on both sides. */
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
