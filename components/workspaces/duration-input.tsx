"use client";

import { useState } from "react";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { type DurationUnit, joinDuration, splitDuration } from "@/lib/domain/time/duration-text";

const UNITS: readonly DurationUnit[] = ["minute", "hour", "day"];

/** A length of time in the unit that people use for it; kept in minutes. Empty is null, what is no number is NaN. */
export function DurationInput({
  value,
  onChange,
  isReadOnly,
  placeholder,
}: {
  value: number | null;
  onChange: (minutes: number | null) => void;
  isReadOnly: boolean;
  placeholder?: string;
}) {
  const [unit, setUnit] = useState<DurationUnit>(value === null ? "hour" : splitDuration(value).unit);
  const [text, setText] = useState(value === null ? "" : String(splitDuration(value).count));
  const tell = (typed: string, counted: DurationUnit) => onChange(typed.trim() === "" ? null : joinDuration(Number(typed), counted));
  return (
    <div className="flex gap-2">
      <TextInput
        className="tabular-nums"
        inputMode="numeric"
        value={text}
        placeholder={placeholder}
        readOnly={isReadOnly}
        onChange={(event) => {
          setText(event.target.value);
          tell(event.target.value, unit);
        }}
      />
      <SelectInput
        className="w-32 flex-none"
        id={undefined}
        aria-label="Unit"
        value={unit}
        disabled={isReadOnly}
        onChange={(event) => {
          const counted = UNITS.find((name) => name === event.target.value) ?? "hour";
          setUnit(counted);
          tell(text, counted);
        }}
      >
        {UNITS.map((name) => (
          <option key={name} value={name}>
            {name}s
          </option>
        ))}
      </SelectInput>
    </div>
  );
}
