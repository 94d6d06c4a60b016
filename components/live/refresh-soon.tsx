"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isReachable } from "./is-reachable";

const EVERY_MS = 5_000;

/** Reads the page again every few seconds, for as long as this is on it: for what comes in a moment and is not announced. */
export function RefreshSoon() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => void isReachable().then((isThere) => (isThere ? router.refresh() : undefined)), EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
