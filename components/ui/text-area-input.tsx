"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { useFieldParts } from "./field";
import { INPUT_STYLE } from "./input-style";

export function TextAreaInput({
  isMono = false,
  className,
  rows = 3,
  ...rest
}: Omit<ComponentProps<"textarea">, "style"> & { isMono?: boolean }) {
  const parts = useFieldParts();
  return (
    <textarea
      {...parts}
      {...rest}
      rows={rows}
      className={clsx(INPUT_STYLE, "block min-h-16 resize-y py-1.5", isMono && "font-mono text-xs leading-5", className)}
    />
  );
}
