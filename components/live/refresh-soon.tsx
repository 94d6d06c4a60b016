"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isReachable } from "./is-reachable";

const EVERY_MS = 5_000;

/** Refreshes the page every few seconds while mounted, for changes that are imminent but not published. */
export function RefreshSoon() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => void isReachable().then((isThere) => (isThere ? router.refresh() : undefined)), EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
