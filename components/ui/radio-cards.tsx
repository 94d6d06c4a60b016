"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { FieldNote, useFieldError } from "./field";

export interface RadioCardOption {
  value: string;
  title: ReactNode;
  text?: ReactNode;
  /** Fields that belong to this choice; shown below its words. */
  children?: ReactNode;
  isDisabled?: boolean;
  /** Takes the whole row where the others share it. */
  isWide?: boolean;
}

const COLUMNS = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3", 4: "grid-cols-2 sm:grid-cols-4" } as const;

/** A choice among few, each in its own frame. Spread `register(name)` of the form on it, or give `value` and `onChange`. */
export function RadioCards({
  legend,
  isLegendHidden = false,
  hint,
  options,
  columns = 1,
  value,
  defaultValue,
  name,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "value" | "defaultValue" | "style"> & {
  legend: ReactNode;
  isLegendHidden?: boolean;
  hint?: ReactNode;
  options: readonly RadioCardOption[];
  columns?: keyof typeof COLUMNS;
  value?: string;
  defaultValue?: string;
  name: string;
}) {
  const noteId = useId();
  const error = useFieldError(name);
  return (
    <fieldset className="min-w-0" aria-describedby={error !== undefined || hint !== undefined ? noteId : undefined}>
      <legend className={isLegendHidden ? "sr-only" : "mb-1.5 text-sm font-medium"}>{legend}</legend>
      <div className={`grid gap-2 ${COLUMNS[columns]}`}>
        {options.map((option) => (
          <div
            className={`rounded-lg border border-line-strong bg-surface transition-colors hover:bg-hover has-[>label>input:checked]:border-accent has-[>label>input:checked]:bg-accent-soft has-[>label>input:checked]:shadow-[0_0_0_1px_var(--color-accent)] has-[>label>input:focus-visible]:outline-2 has-[>label>input:focus-visible]:outline-offset-2 has-[>label>input:focus-visible]:outline-focus ${option.isWide === true ? "col-span-full" : ""}`}
            key={option.value}
          >
            <label
              className={`flex items-start gap-2.5 px-3 py-2.5 ${option.isDisabled === true ? "cursor-not-allowed text-disabled" : "cursor-pointer"}`}
            >
              <Radio
                {...rest}
                name={name}
                value={option.value}
                disabled={option.isDisabled ?? rest.disabled}
                {...(value !== undefined && { checked: option.value === value })}
                {...(defaultValue !== undefined && { defaultChecked: option.value === defaultValue })}
              />
              <span className="min-w-0">
                <span className={option.text === undefined ? "block" : "block font-medium"}>{option.title}</span>
                {option.text === undefined ? null : <span className="mt-0.5 block text-xs text-muted">{option.text}</span>}
              </span>
            </label>
            {option.children === undefined || option.children === null ? null : (
              <div className="px-3 pb-3 pl-[38px]">{option.children}</div>
            )}
          </div>
        ))}
      </div>
      {error !== undefined || hint !== undefined ? (
        <div className="mt-1.5">
          <FieldNote id={noteId} error={error} hint={hint} />
        </div>
      ) : null}
    </fieldset>
  );
}

function Radio(props: Omit<ComponentProps<"input">, "type" | "className" | "style">) {
  return (
    <input
      {...props}
      className="mt-0.5 size-4 flex-none cursor-pointer appearance-none rounded-full border border-line-control bg-surface outline-none not-checked:hover:border-muted checked:border-5 checked:border-accent checked:bg-on-accent disabled:cursor-not-allowed disabled:border-line disabled:bg-pressed"
      type="radio"
    />
  );
}
