"use client";

import { useMissing } from "./use-missing";

/** The hint stands inside the label, so that it is read with it. */
export function TextArea({
  id,
  name,
  label,
  hint,
  maxLength,
  isRequired = false,
  missing = "Write something here.",
}: {
  id: string;
  name: string;
  label: string;
  hint: string;
  maxLength: number;
  isRequired?: boolean;
  /** What is said when it is required and empty. */
  missing?: string;
}) {
  const { isMissing, noteId, ...watched } = useMissing();
  return (
    <div className="grid gap-1.5">
      <label className="text-base font-medium" htmlFor={id}>
        {label} <span className="font-normal text-muted">{hint}</span>
      </label>
      <textarea
        className="block min-h-16 w-full rounded-md border border-line-control bg-surface px-2.5 py-2 text-lg hover:border-muted focus-visible:-outline-offset-1 aria-invalid:border-stop-solid"
        id={id}
        name={name}
        rows={2}
        maxLength={maxLength}
        required={isRequired}
        {...watched}
      />
      {isMissing ? (
        <p className="text-sm text-stop" id={noteId} role="alert">
          {missing}
        </p>
      ) : null}
    </div>
  );
}
