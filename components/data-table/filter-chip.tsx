"use client";

import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Popover } from "@/components/ui/popover";
import { useListNavigation } from "./list-frame";

const CHIP =
  "inline-flex h-7 cursor-pointer items-center gap-1.5 text-xs whitespace-nowrap transition-colors max-md:h-9 [&>svg]:size-3.5 [&>svg]:stroke-2";

/** A filter with its value. Pressing it opens its editor; the cross removes it. */
export function FilterChip({
  label,
  value,
  icon,
  params,
  width,
  isOpen,
  onOpenChange,
  children,
}: {
  label: string;
  /** "is one of 3", "last 7 days"; null: the filter is off. */
  value: ReactNode;
  icon?: ReactNode;
  /** What the cross takes out of the address. */
  params: readonly string[];
  width?: string;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  const { change } = useListNavigation();
  const isOn = value !== null && value !== undefined;
  return (
    <span
      className={`inline-flex flex-none items-center rounded-md border ${isOn ? "border-accent-line bg-accent-soft" : "border-line-strong bg-surface hover:bg-hover"}`}
    >
      <Popover
        label={label}
        width={width}
        open={isOpen}
        onOpenChange={onOpenChange}
        trigger={
          <button
            className={`${CHIP} rounded-md ${isOn ? "pr-1 pl-2.5 text-ink [&>svg]:text-link" : "px-2.5 text-muted [&>svg]:text-subtle"}`}
            type="button"
          >
            {isOn ? icon : <Plus aria-hidden="true" />}
            {label}
            {isOn ? <strong className="font-medium">{value}</strong> : null}
          </button>
        }
      >
        {children}
      </Popover>
      {isOn ? (
        <button
          className={`${CHIP} rounded-md pr-2 pl-1 text-link hover:text-ink`}
          type="button"
          aria-label={`Remove the filter ${label}`}
          onClick={() => change(Object.fromEntries(params.map((name) => [name, null])))}
        >
          <X aria-hidden="true" />
        </button>
      ) : null}
    </span>
  );
}
