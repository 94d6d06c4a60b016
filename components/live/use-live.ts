"use client";

import { useEffect, useEffectEvent } from "react";
import type { LiveTopic } from "@/lib/live/live-topics";
import { liveConnection } from "./live-connection";

/**
 * Calls `onChange` when one of these topics has, or may have, changed, in one workspace or in any. A hidden tab is notified once, when it
 * becomes visible.
 */
export function useLive(topics: readonly LiveTopic[], onChange: () => void, workspaceId?: string): void {
  const tell = useEffectEvent(onChange);
  const key = topics.join(" ");

  useEffect(() => {
    const heard = new Set(key.split(" "));
    let isDue = false;
    const stop = liveConnection.subscribe((news) => {
      const concerns = news.some(
        (one) =>
          one.topic === null ||
          (heard.has(one.topic) && (workspaceId === undefined || one.workspaceId === null || one.workspaceId === workspaceId)),
      );
      if (!concerns) return;
      if (document.hidden) isDue = true;
      else tell();
    });
    const catchUp = () => {
      if (document.hidden || !isDue) return;
      isDue = false;
      tell();
    };
    document.addEventListener("visibilitychange", catchUp);
    return () => {
      document.removeEventListener("visibilitychange", catchUp);
      stop();
    };
  }, [key, workspaceId]);
}
