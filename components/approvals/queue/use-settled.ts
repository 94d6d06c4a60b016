"use client";

import { useEffect, useState } from "react";

/** A second press that was meant for what stood there before comes within this time. */
const SETTLE_MS = 1_000;

/** Whether that has been before the reader's eyes for a moment. Buttons stay deaf until then. */
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
