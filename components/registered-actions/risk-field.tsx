"use client";

import { RiskMark } from "@/components/action-runs/risk-mark";
import { RadioCards } from "@/components/ui/radio-cards";
import { useTypedField } from "./use-typed-field";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";

const OPTIONS = RISK_LEVELS.map((level) => ({ value: level, title: <RiskMark level={level} isShort /> }));

export function RiskField() {
  const field = useTypedField();
  return (
    <RadioCards
      {...field.text("riskLevel")}
      legend="Risk"
      hint="How bad a mistake would be. It sorts the queue; it decides nothing."
      columns={4}
      options={OPTIONS}
    />
  );
}
