"use client";

import type { ComponentProps } from "react";
import { CheckBox } from "./check-box";
import { useMissing } from "./use-missing";

/** A framed tick that must be set before its form can be sent. */
export function CheckField({ label, ...rest }: Omit<ComponentProps<typeof CheckBox>, "size" | "isMixed"> & { label: string }) {
  const { isMissing, noteId, ...watched } = useMissing();
  return (
    <div className="grid gap-1.5">
      <label className="flex cursor-pointer items-start gap-3 rounded-lg border border-line-control bg-surface px-4 py-3.5 text-base has-checked:border-accent has-checked:bg-accent-soft has-aria-invalid:border-stop-solid">
        <CheckBox size="lg" {...rest} {...watched} required />
        <span className="min-w-0 wrap-anywhere">{label}</span>
      </label>
      {isMissing ? (
        <p className="text-sm text-stop" id={noteId} role="alert">
          Select this checkbox to continue.
        </p>
      ) : null}
    </div>
  );
}
