"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";

const BOX =
  "relative flex-none cursor-pointer appearance-none rounded-sm border border-line-control bg-surface before:absolute before:-rotate-45 before:border-b-2 before:border-l-2 before:border-on-accent before:opacity-0 hover:border-muted checked:border-accent checked:bg-accent checked:before:opacity-100 indeterminate:border-accent indeterminate:bg-accent indeterminate:before:rotate-0 indeterminate:before:border-l-0 indeterminate:before:opacity-100 disabled:cursor-not-allowed disabled:border-line disabled:bg-pressed aria-invalid:border-stop-solid";

const SIZES = {
  md: "size-4 before:top-[3px] before:left-[2px] before:h-[5px] before:w-[10px] indeterminate:before:top-[1px] indeterminate:before:left-[3px] indeterminate:before:w-2",
  lg: "size-[22px] before:top-[5px] before:left-1 before:h-[7px] before:w-3",
} as const;

/** The tick alone. `isMixed` says that some of what it stands for is ticked. */
export function CheckBox({
  size = "md",
  isMixed = false,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "size" | "type" | "style"> & {
  size?: keyof typeof SIZES;
  isMixed?: boolean;
}) {
  const markMixed = (input: HTMLInputElement | null) => {
    if (input !== null) input.indeterminate = isMixed;
  };
  return <input type="checkbox" ref={markMixed} {...rest} className={clsx(BOX, SIZES[size], className)} />;
}
