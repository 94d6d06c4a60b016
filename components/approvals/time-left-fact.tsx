"use client";

import { Fact } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import { isLastHour, timeLeft } from "@/lib/domain/time/time-left";
import { useNow } from "./use-now";

/** How long there is to decide, and what happens then. Updates while the page is open. */
export function TimeLeftFact({
  createdAt,
  expiresAt,
  now: startedAt,
  width,
  isLarge = false,
  isFrozen = false,
}: {
  createdAt: Date;
  expiresAt: Date;
  now: Date;
  width?: "full" | "first-half" | "second-half";
  /** Shown beside a large amount. */
  isLarge?: boolean;
  /** Time stands still until the run is thawed. */
  isFrozen?: boolean;
}) {
  const now = useNow(startedAt.getTime());
  const isLast = isLastHour(expiresAt, now);
  if (isFrozen) {
    return (
      <Fact label="Time left" width={width ?? "full"}>
        <span className={isLarge ? "block py-1 font-semibold" : ""}>Stands still</span>
        <span className="block text-xs text-muted">continues when it’s thawed</span>
      </Fact>
    );
  }
  const share = Math.min(1, Math.max(0, (expiresAt.getTime() - now.getTime()) / (expiresAt.getTime() - createdAt.getTime())));
  return (
    <Fact label="Time left" width={width ?? "full"}>
      <span className={`${isLarge ? "block py-1 font-semibold" : ""} ${isLast ? "font-medium text-stop" : ""}`}>
        {timeLeft(expiresAt, now)}
      </span>
      <span className="block text-xs text-muted">
        decide by <Instant at={expiresAt} format="minute" />, or it’s rejected
      </span>
      <svg
        className="mt-1.5 block h-1 w-full rounded-full bg-pressed"
        role="img"
        aria-label={`${Math.round(share * 100)}% of the approval window is left`}
      >
        <rect className={isLast ? "fill-stop-solid" : "fill-no-solid"} width={`${(share * 100).toFixed(1)}%`} height="100%" rx="2" />
      </svg>
    </Fact>
  );
}
