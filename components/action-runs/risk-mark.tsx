"use client";

// A drawing of a server component may come in parts, which React joins with a style attribute that the content security policy
// refuses. As a client component it comes whole.
import { riskRank, type RiskLevel } from "@/lib/domain/risk-levels";

const WORDS: Record<RiskLevel, string> = {
  low: "Low risk",
  medium: "Medium risk",
  high: "High risk",
  critical: "Critical risk",
};

const TEXT: Record<RiskLevel, string> = {
  low: "text-muted",
  medium: "text-muted",
  high: "text-wait",
  critical: "font-medium text-stop",
};

const BAR: Record<RiskLevel, string> = {
  low: "fill-no",
  medium: "fill-no",
  high: "fill-wait-solid",
  critical: "fill-stop-solid",
};

const BAR_LEFTS = [0, 3.8, 7.6, 11.4];

/** Four bars that can be counted, and the word. */
export function RiskMark({ level }: { level: RiskLevel }) {
  return (
    <span className={`inline-flex items-center gap-1.5 text-sm whitespace-nowrap ${TEXT[level]}`} title={level}>
      <svg className="size-3.5 flex-none" viewBox="0 0 14 14" aria-hidden="true">
        {BAR_LEFTS.map((x, bar) => (
          <rect
            className={bar <= riskRank(level) ? BAR[level] : "fill-line-strong"}
            key={x}
            x={x}
            y={9 - bar * 3}
            width="2.5"
            height={5 + bar * 3}
            rx="1"
          />
        ))}
      </svg>
      {WORDS[level]}
    </span>
  );
}
