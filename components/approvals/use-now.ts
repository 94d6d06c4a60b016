"use client";

import { useEffect, useState } from "react";

const TICK_MS = 10_000;

/** The present, kept present. The first value is the server's, so that the first picture is the same on both sides. */
export function useNow(startedAt: number): Date {
  const [now, setNow] = useState(startedAt);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, []);
  return new Date(now);
}
