"use client";

import { useId } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { CheckBox } from "./check-box";
import { FieldNote, useFieldError } from "./field";

/** Chooses any of some technical names, each with what it means. */
export function CheckList({
  legend,
  options,
  columns = 1,
  field,
}: {
  legend: string;
  options: readonly { readonly value: string; readonly text: string }[];
  /** On wide screens. */
  columns?: 1 | 2;
  field: UseFormRegisterReturn;
}) {
  const error = useFieldError(field.name);
  const noteId = useId();
  return (
    <fieldset className="grid gap-2" aria-describedby={error === undefined ? undefined : noteId}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className={`grid gap-2 ${columns === 2 ? "sm:grid-cols-2" : ""}`}>
        {options.map(({ value, text }) => (
          <label className="flex cursor-pointer items-start gap-2.5 text-sm max-md:py-1" key={value}>
            <CheckBox {...field} value={value} className="mt-0.5" />
            <span className="min-w-0">
              <code className="font-mono text-xs">{value}</code> <span className="block text-xs text-muted">{text}</span>
            </span>
          </label>
        ))}
      </div>
      {error === undefined ? null : <FieldNote id={noteId} error={error} />}
    </fieldset>
  );
}
