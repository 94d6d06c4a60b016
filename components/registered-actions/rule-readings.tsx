import { Check, CircleHelp, Minus } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Badge } from "@/components/ui/badge";
import type { RuleReading } from "@/lib/domain/policy/rules/decide-by-rules";

const RESULTS = {
  true: { label: "true", tone: "ok", icon: Check },
  false: { label: "false", tone: "no", icon: Minus },
  unreadable: { label: "unreadable", tone: "wait", icon: CircleHelp },
} as const;

/** How each rule reads the sample, those after the deciding one included. */
export function RuleReadings({ readings }: { readings: readonly RuleReading[] }) {
  return (
    <ol className="border-t border-line" aria-label="Rules">
      {readings.map(({ rule, result, text }) => {
        const { label, tone, icon } = RESULTS[`${result}`];
        return (
          <li className="grid gap-1 border-t border-line px-4 py-2.5 first:border-0" key={rule.name}>
            <span className="flex items-center justify-between gap-2">
              <span className="min-w-0 wrap-anywhere">{rule.name}</span>
              <Badge tone={tone} icon={icon} label={label} />
            </span>
            <code className="font-mono text-xs wrap-anywhere text-muted">
              <VisibleText text={text} />
            </code>
          </li>
        );
      })}
    </ol>
  );
}
