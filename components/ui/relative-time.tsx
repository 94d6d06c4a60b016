"use client";

import { useEffect, useState } from "react";
import { formatAgo } from "@/lib/domain/time/format-ago";
import { Instant } from "./instant";
import { serverNow } from "./server-clock";

const REFRESH_MS = 30_000;

/** "3 minutes ago", updated while the page is open; the exact time on hover. */
export function RelativeTime({ at }: { at: Date | string }) {
  const iso = typeof at === "string" ? at : at.toISOString();
  const [now, setNow] = useState<number | null>(null);

  useEffect(() => {
    const tick = () => setNow(serverNow());
    const first = setTimeout(tick, 0);
    const timer = setInterval(tick, REFRESH_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, []);

  if (now === null) return <Instant at={iso} format="short" />;
  return (
    <time className="whitespace-nowrap tabular-nums" dateTime={iso} title={`${iso.replace("T", " ").replace("Z", "")} UTC`}>
      {formatAgo(new Date(iso), new Date(now))}
    </time>
  );
}
