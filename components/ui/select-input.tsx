"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { useFieldParts } from "./field";
import { INPUT_STYLE } from "./input-style";

/** The browser's own list, which every phone and screen reader knows. */
export function SelectInput({
  className,
  size = "md",
  children,
  ...rest
}: Omit<ComponentProps<"select">, "style" | "size"> & { size?: "sm" | "md" }) {
  const parts = useFieldParts();
  return (
    <span className={clsx("relative block", className)}>
      <select
        {...parts}
        {...rest}
        className={clsx(
          INPUT_STYLE,
          "cursor-pointer appearance-none truncate pr-8",
          size === "sm" ? "h-7 text-xs max-md:h-9" : "h-8 max-md:h-10",
        )}
      >
        {children}
      </select>
      <ChevronDown
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-subtle"
        strokeWidth={2.25}
        aria-hidden="true"
      />
    </span>
  );
}
