"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Field, FieldNote, useFieldError } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { checkExpression } from "@/lib/domain/policy/rules/check-expression";
import { type RuleRows, readRows, writeRows } from "@/lib/domain/policy/rules/rule-rows";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { ConditionInput } from "./condition-input";
import { RuleRowsFields } from "./rule-rows-fields";

const FIRST_ROWS: RuleRows = { joinedBy: "all", rows: [{ field: "amount", comparison: ">", value: "" }] };

type Mode = "rows" | "cel";

/** When a rule applies: rows for what rows can show, CEL for everything. Both are views of the same text. */
export function RuleConditionField({ place }: { place: number }) {
  const name = `policy.rules.rules.${place}.when` as const;
  const { getValues, setValue } = useFormContext<TypedAction>();
  const when = useWatch<TypedAction, typeof name>({ name }) ?? "";
  const error = useFieldError(name);
  // Unfinished rows mean no condition yet, so they are kept here.
  const [rows, setRows] = useState(() => rowsOf(getValues(name)));
  const [mode, setMode] = useState<Mode>(rows === null ? "cel" : "rows");
  const change = (changed: RuleRows) => {
    setRows(changed);
    const written = writeRows(changed);
    setValue(name, written ?? "", { shouldDirty: true, shouldTouch: true, shouldValidate: written !== null });
  };
  const show = (chosen: Mode) => {
    if (chosen === "rows") setRows(rowsOf(when));
    setMode(chosen);
  };
  const isRows = mode === "rows" && rows !== null;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-sm font-medium">Condition</span>
        <Segmented
          label={`Edit rule ${place + 1} as`}
          options={[
            { value: "rows", label: "Rows" },
            { value: "cel", label: "CEL" },
          ]}
          value={mode}
          onChange={show}
        />
      </div>
      {isRows ? (
        <>
          <RuleRowsFields place={place} value={rows} onChange={change} />
          {when === "" ? null : <p className="font-mono text-xs wrap-anywhere text-muted">{when}</p>}
          {error === undefined ? null : <FieldNote id={`rule-${place}-note`} error={error} />}
        </>
      ) : (
        <>
          {mode === "rows" ? <p className="text-xs text-muted">Rows can’t show this condition. Edit it as CEL.</p> : null}
          <Field label={`Condition of rule ${place + 1}`} isLabelHidden name={name}>
            <ConditionInput name={name} />
          </Field>
          <ErrorPlace source={when} />
        </>
      )}
    </div>
  );
}

/** Null: rows can't express the text. */
function rowsOf(source: string): RuleRows | null {
  return source.trim() === "" ? FIRST_ROWS : readRows(source);
}

/** The line with the error, with what is wrong in it marked. */
function ErrorPlace({ source }: { source: string }) {
  const checked = checkExpression(source);
  if (checked.ok || source.trim() === "") return null;
  const { start, end } = checked.error;
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = source.indexOf("\n", start) === -1 ? source.length : source.indexOf("\n", start);
  const markEnd = Math.min(Math.max(end, start + 1), lineEnd);
  return (
    <p className="overflow-x-auto rounded-md bg-inset px-2 py-1 font-mono text-xs whitespace-pre" aria-hidden="true">
      {source.slice(lineStart, start)}
      <mark className="bg-stop-soft text-stop underline decoration-wavy">{source.slice(start, markEnd) || " "}</mark>
      {source.slice(markEnd, lineEnd)}
    </p>
  );
}
