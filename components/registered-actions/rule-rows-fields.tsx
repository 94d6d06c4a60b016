"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { ROW_COMPARISONS, type RowComparison, type RuleRow, type RuleRows } from "@/lib/domain/policy/rules/rule-rows";

const FIELDS = ["amount", "currency", "recipient", "actor", "source.type", "source.ref", "key", "risk", "payload."];
const COMPARISONS = Object.keys(ROW_COMPARISONS) as RowComparison[];
const PLACEHOLDERS = { number: "5000.00", text: "EUR", texts: "EUR, CHF", none: "" } as const;

/** Rows of field, comparison and value, of which all or any have to hold. */
export function RuleRowsFields({ place, value, onChange }: { place: number; value: RuleRows; onChange: (changed: RuleRows) => void }) {
  const { joinedBy, rows } = value;
  const fieldsId = useId();
  const set = (index: number, changed: Partial<RuleRow>) =>
    onChange({ joinedBy, rows: rows.map((row, at) => (at === index ? { ...row, ...changed } : row)) });
  const of = (index: number) => `of rule ${place + 1}, row ${index + 1}`;
  return (
    <div className="grid gap-2">
      <datalist id={fieldsId}>
        {FIELDS.map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
      {rows.length < 2 ? null : (
        <SelectInput
          className="max-w-56"
          size="sm"
          aria-label={`Rows of rule ${place + 1} that must hold`}
          value={joinedBy}
          onChange={(event) => onChange({ joinedBy: event.target.value === "any" ? "any" : "all", rows })}
        >
          <option value="all">All of these hold</option>
          <option value="any">Any of these holds</option>
        </SelectInput>
      )}
      {rows.map((row, index) => {
        const kind = ROW_COMPARISONS[row.comparison].value;
        return (
          <div
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-2 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,4fr)_auto]"
            key={index}
          >
            <TextInput
              className="max-sm:col-span-3"
              isMono
              aria-label={`Field ${of(index)}`}
              list={fieldsId}
              value={row.field}
              onChange={(event) => set(index, { field: event.target.value })}
              placeholder="payload.country"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
            <SelectInput
              aria-label={`Comparison ${of(index)}`}
              value={row.comparison}
              onChange={(event) => set(index, { comparison: event.target.value as RowComparison })}
            >
              {COMPARISONS.map((comparison) => (
                <option key={comparison} value={comparison}>
                  {ROW_COMPARISONS[comparison].label}
                </option>
              ))}
            </SelectInput>
            {kind === "none" ? (
              <span />
            ) : (
              <TextInput
                aria-label={`Value ${of(index)}`}
                value={row.value}
                onChange={(event) => set(index, { value: event.target.value })}
                inputMode={kind === "number" ? "decimal" : "text"}
                placeholder={PLACEHOLDERS[kind]}
                autoComplete="off"
              />
            )}
            <IconButton
              label={`Remove row ${index + 1} of rule ${place + 1}`}
              disabled={rows.length === 1}
              onClick={() => onChange({ joinedBy, rows: rows.filter((_, at) => at !== index) })}
            >
              <X />
            </IconButton>
          </div>
        );
      })}
      <div>
        <Button
          size="sm"
          icon={<Plus />}
          onClick={() => onChange({ joinedBy, rows: [...rows, { field: "payload.", comparison: "==", value: "" }] })}
        >
          Add a row
        </Button>
      </div>
    </div>
  );
}
