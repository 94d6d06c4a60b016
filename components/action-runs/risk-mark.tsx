"use client";

// React may stream a server component's SVG in parts, joined through a style attribute that the content security policy blocks. A client
// component arrives whole.
import { type RiskLevel, riskRank } from "@/lib/domain/policy/risk-levels";

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

/** Four bars and the risk as a word. `isShort` omits the word "risk" where the column's heading has it. */
export function RiskMark({ level, isShort = false }: { level: RiskLevel; isShort?: boolean }) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${isShort ? "text-xs" : "text-sm"} ${TEXT[level]}`} title={level}>
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
      {isShort ? (
        <span>
          {WORDS[level].replace(" risk", "")}
          <span className="sr-only"> risk</span>
        </span>
      ) : (
        WORDS[level]
      )}
    </span>
  );
}
