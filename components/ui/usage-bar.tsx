"use client";

// A drawing of a server component may come in parts, which React joins with a style attribute that the content security policy
// refuses. As a client component it comes whole.
import type { ReactNode } from "react";

const WARNS_AT = 0.8;

const SHARE_TEXT = { no: "text-ink", wait: "text-wait", stop: "text-stop" } as const;
const FILL = { no: "fill-no-solid", wait: "fill-wait-solid", stop: "fill-stop-solid" } as const;

function toneOf(share: number): keyof typeof FILL {
  return share >= 1 ? "stop" : share >= WARNS_AT ? "wait" : "no";
}

/** The bar alone; its words stand beside it. */
export function ShareBar({ share }: { share: number }) {
  return (
    <svg className="block h-1.5 w-full rounded-full bg-pressed" aria-hidden="true">
      <rect className={FILL[toneOf(share)]} width={`${(share * 100).toFixed(1)}%`} height="100%" rx="3" />
    </svg>
  );
}

/** The color of the words beside a bar. */
export function shareTextStyle(share: number): string {
  return SHARE_TEXT[toneOf(share)];
}

/** How much of a limit is used: a warning tone from 80 %, red when nothing is left. `limit` null: there is none, and no bar. */
export function UsageBar({ label, used, limit, note }: { label: ReactNode; used: number; limit: number | null; note?: ReactNode }) {
  const share = limit === null ? 0 : limit === 0 ? 1 : Math.min(1, used / limit);
  const tone = limit === null ? "no" : toneOf(share);
  const text = SHARE_TEXT[tone];
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between gap-2 text-xs">
        <span className="text-muted">{label}</span>
        <span className={`whitespace-nowrap tabular-nums ${text}`}>
          {count(used)}
          {limit === null ? <span className="text-muted">, no limit</span> : <> of {count(limit)}</>}
        </span>
      </div>
      {limit === null ? null : <ShareBar share={share} />}
      {note === undefined ? null : <p className={`text-xs ${tone === "no" ? "text-muted" : text}`}>{note}</p>}
    </div>
  );
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
