"use client";

import type { MailHealth } from "@/lib/notifications/get-mail-health";

const PARTS = [
  ["sent", "fill-ok-solid"],
  ["kept", "fill-no-solid"],
  ["queued", "fill-live-solid"],
  ["failed", "fill-stop-solid"],
  ["overLimit", "fill-wait-solid"],
] as const;
/** In percent: a thinner part would be invisible. */
const MIN_SHARE = 1.5;

export function MailMeter({ health }: { health: Pick<MailHealth, "sent" | "kept" | "queued" | "failed" | "overLimit"> }) {
  const parts = PARTS.filter(([name]) => health[name] > 0);
  const total = parts.reduce((sum, [name]) => sum + health[name], 0);
  const shares = parts.map(([name]) => Math.max(MIN_SHARE, (100 * health[name]) / total));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => (100 * share) / whole);
  const leftOf = (index: number) => widths.slice(0, index).reduce((sum, width) => sum + width, 0);
  return (
    <svg
      className="mb-2 block h-1.5 w-full"
      role="img"
      aria-label={`Of ${count(total)} emails, ${count(health.sent)} were sent, ${count(health.kept)} are stored in the mailbox, ${count(health.queued)} are queued, ${count(health.failed)} failed and ${count(health.overLimit)} were not sent`}
    >
      {parts.map(([name, fill], index) => (
        <rect
          className={fill}
          key={name}
          x={`${leftOf(index).toFixed(2)}%`}
          width={`${((widths[index] ?? 0) - (index < parts.length - 1 ? 0.7 : 0)).toFixed(2)}%`}
          height="6"
          rx="2"
        />
      ))}
    </svg>
  );
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
