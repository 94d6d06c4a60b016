import type { ComponentProps } from "react";
import { CheckBox } from "./check-box";

/** A framed tick that must be set before its form can be sent. */
export function CheckField({ label, ...rest }: Omit<ComponentProps<typeof CheckBox>, "size" | "isMixed"> & { label: string }) {
  return (
    <label className="flex cursor-pointer items-start gap-3 rounded-lg border border-line-control bg-surface px-4 py-3.5 text-base has-checked:border-accent has-checked:bg-accent-soft">
      <CheckBox size="lg" {...rest} required />
      <span>{label}</span>
    </label>
  );
}
