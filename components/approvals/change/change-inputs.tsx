"use client";

import { ChangesList } from "@/components/action-runs/changes-list";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { TextInput } from "@/components/ui/text-input";
import { CHANGE_PREFIX, changeProblem, type OfferedField } from "@/lib/domain/policy/change-fields";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { visibleText } from "@/lib/domain/text/hidden-characters";

/** The fields of a request that a person may change, and below them what differs from what was proposed. */
export function ChangeInputs({
  fields,
  values,
  onChange,
}: {
  fields: readonly OfferedField[];
  /** By field; what is missing is as it was proposed. */
  values: Readonly<Record<string, string>>;
  onChange: (field: string, value: string) => void;
}) {
  const rows = fields
    .map(({ field, value }) => ({ field, before: value, after: values[field] ?? value }))
    .filter(({ before, after }) => before !== after);
  return (
    <>
      {fields.map((one) => (
        <Field
          className="text-ink"
          key={one.field}
          label={<code className="font-mono">{one.field}</code>}
          hint={hintOf(one)}
          error={changeProblem(one, values[one.field] ?? one.value) ?? undefined}
        >
          <ChangeInput one={one} value={values[one.field] ?? one.value} onChange={(value) => onChange(one.field, value)} />
        </Field>
      ))}
      <div className="rounded-lg border border-line bg-inset px-4 py-3 text-ink" aria-live="polite">
        <p className="mb-2 text-xs font-medium text-muted">{rows.length === 0 ? "Nothing changed yet" : "What you change"}</p>
        {rows.length === 0 ? null : <ChangesList rows={rows} />}
      </div>
    </>
  );
}

function ChangeInput({ one, value, onChange }: { one: OfferedField; value: string; onChange: (value: string) => void }) {
  const name = `${CHANGE_PREFIX}${one.field}`;
  switch (one.kind) {
    case "not_above":
      return (
        <TextInput
          className="tabular-nums"
          name={name}
          inputMode="decimal"
          autoComplete="off"
          maxLength={64}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "one_of":
      return (
        <SelectInput name={name} value={value} onChange={(event) => onChange(event.target.value)}>
          {(one.values.includes(one.value) ? one.values : [one.value, ...one.values]).map((option) => (
            <option key={option} value={option}>
              {visibleText(option)}
            </option>
          ))}
        </SelectInput>
      );
    case "text":
      return <TextAreaInput name={name} rows={2} value={value} onChange={(event) => onChange(event.target.value)} />;
  }
}

function hintOf(one: OfferedField): string {
  switch (one.kind) {
    case "not_above":
      return `At most ${formatAmount(one.value)}, which was proposed.`;
    case "one_of":
      return `Proposed: ${visibleText(one.value)}`;
    case "text":
      return `Up to ${one.maxLength.toLocaleString("en-US")} characters.`;
  }
}
