"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import type { LiveTopic } from "@/lib/live/live-topics";
import { isReachable } from "./is-reachable";
import { useLive } from "./use-live";

/** Changes that come together are read together. */
const GATHER_MS = 300;
/** However much happens, the page is read again this often. */
const PAUSE_MS = 1_500;

/** Reads the page's data again when something of these topics has changed. What is typed or opened stays. */
export function RefreshWhenLive({ topics, workspaceId }: { topics: readonly LiveTopic[]; workspaceId?: string }) {
  const router = useRouter();
  const [isRefreshing, startTransition] = useTransition();
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const refreshedAt = useRef(0);

  useLive(topics, () => setAskedAt((before) => before ?? Date.now()), workspaceId);

  useEffect(() => {
    if (askedAt === null || isRefreshing) return;
    const delay = Math.max(GATHER_MS, refreshedAt.current + PAUSE_MS - Date.now());
    const timer = setTimeout(() => {
      refreshedAt.current = Date.now();
      setAskedAt(null);
      // What cannot be read would be the browser's error page; the stream tells again when it is back.
      void isReachable().then((isThere) => (isThere ? startTransition(() => router.refresh()) : undefined));
    }, delay);
    return () => clearTimeout(timer);
  }, [askedAt, isRefreshing, router]);

  return null;
}
