"use client";

import { useId, type ComponentProps, type ReactNode } from "react";

/** On or off, at once. */
export function SwitchInput({ label, hint, isLabelHidden = false, ...rest }: Omit<ComponentProps<"input">, "type" | "role" | "style"> & {
  label: ReactNode;
  hint?: ReactNode;
  isLabelHidden?: boolean;
}) {
  const hintId = useId();
  return (
    <label className="flex cursor-pointer items-start gap-2.5 text-sm has-disabled:cursor-not-allowed">
      <input
        {...rest}
        className="relative mt-px h-[18px] w-8 flex-none cursor-pointer appearance-none rounded-full border border-line-control bg-pressed transition-colors before:absolute before:top-px before:left-px before:size-3.5 before:rounded-full before:bg-line-control before:transition-[left] checked:border-accent checked:bg-accent checked:before:left-[15px] checked:before:bg-on-accent disabled:cursor-not-allowed disabled:opacity-60"
        type="checkbox"
        role="switch"
        aria-describedby={hint === undefined ? undefined : hintId}
      />
      <span className={isLabelHidden ? "sr-only" : "grid gap-0.5"}>
        {label}
        {hint === undefined ? null : <span className="text-xs text-muted" id={hintId}>{hint}</span>}
      </span>
    </label>
  );
}
