"use client";

import { useEffect, useState } from "react";

/** Within this time, a press may have been meant for the previous content. */
const SETTLE_MS = 1_000;

/** Whether this content has been visible long enough to be read. Buttons ignore presses until then. */
export function useSettled(key: string | null): boolean {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      setSettled(null);
    };
  }, [key]);
  return key !== null && settled === key;
}
