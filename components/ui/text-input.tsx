"use client";

import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { useFieldParts } from "./field";
import { INPUT_STYLE } from "./input-style";

/** `isMono` for names, ids and raw values. `unit` stands at the right end, inside the same line. */
export function TextInput({
  isMono = false,
  unit,
  className,
  type = "text",
  ...rest
}: Omit<ComponentProps<"input">, "style"> & {
  isMono?: boolean;
  unit?: ReactNode;
}) {
  const parts = useFieldParts();
  const input = (
    <input
      {...parts}
      {...rest}
      type={type}
      className={clsx(
        INPUT_STYLE,
        "h-8 read-only:bg-inset max-md:h-10",
        isMono && "font-mono text-xs",
        unit !== undefined && "rounded-r-none",
        className,
      )}
    />
  );
  if (unit === undefined) return input;
  return (
    <div className="flex">
      {input}
      <span className="flex flex-none items-center rounded-r-md border border-l-0 border-line-control bg-inset px-2.5 text-muted">
        {unit}
      </span>
    </div>
  );
}
