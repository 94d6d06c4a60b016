"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { CheckBox } from "./check-box";
import { FieldNote, useFieldError } from "./field";

/** A tick with its words, for forms and filters. */
export function CheckInput({
  label,
  hint,
  name,
  ...rest
}: Omit<ComponentProps<typeof CheckBox>, "size"> & { label: ReactNode; hint?: ReactNode }) {
  const noteId = useId();
  const error = useFieldError(name);
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className="grid gap-1">
      <label className="flex cursor-pointer items-start gap-2.5 text-sm max-md:py-1.5">
        <CheckBox
          {...rest}
          name={name}
          className="mt-0.5"
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={hasNote ? noteId : undefined}
        />
        <span className="min-w-0">{label}</span>
      </label>
      {hasNote ? (
        <div className="pl-[26px]">
          <FieldNote id={noteId} error={error} hint={hint} />
        </div>
      ) : null}
    </div>
  );
}
