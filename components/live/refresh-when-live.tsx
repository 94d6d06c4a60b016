"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import type { LiveTopic } from "@/lib/live/live-topics";
import { isReachable } from "./is-reachable";
import { useLive } from "./use-live";

/** Debounce for bursts of changes. */
const DEBOUNCE_MS = 300;
/** Minimum time between refreshes. */
const MIN_REFRESH_INTERVAL_MS = 1_500;

/** Refreshes the page's data when one of these topics changes. Inputs and open dialogs keep their state. */
export function RefreshWhenLive({ topics, workspaceId }: { topics: readonly LiveTopic[]; workspaceId?: string }) {
  const router = useRouter();
  const [isRefreshing, startTransition] = useTransition();
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const refreshedAt = useRef(0);

  useLive(topics, () => setAskedAt((before) => before ?? Date.now()), workspaceId);

  useEffect(() => {
    if (askedAt === null || isRefreshing) return;
    const delay = Math.max(DEBOUNCE_MS, refreshedAt.current + MIN_REFRESH_INTERVAL_MS - Date.now());
    const timer = setTimeout(() => {
      refreshedAt.current = Date.now();
      setAskedAt(null);
      // A failed refresh would show the browser's error page. The stream notifies again once it is back.
      void isReachable().then((isThere) => (isThere ? startTransition(() => router.refresh()) : undefined));
    }, delay);
    return () => clearTimeout(timer);
  }, [askedAt, isRefreshing, router]);

  return null;
}
