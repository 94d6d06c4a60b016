"use client";

import type { ReactNode } from "react";
import { Link } from "./link";

interface Segment<Value extends string> {
  value: Value;
  label: ReactNode;
  /** For a choice that is stored in the URL. */
  href?: string;
}

const ITEM =
  "flex h-6 cursor-pointer items-center rounded-sm px-2.5 text-xs font-medium whitespace-nowrap text-muted transition-colors hover:text-ink max-md:h-8";
const CHOSEN = "bg-surface text-ink shadow-control";

/** One of a few views of the same thing. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly Segment<Value>[];
  value: Value;
  onChange?: (value: Value) => void;
}) {
  return (
    <div className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-md bg-pressed p-0.5" role="group" aria-label={label}>
      {options.map((option) => {
        const isChosen = option.value === value;
        const look = `${ITEM} ${isChosen ? CHOSEN : ""}`;
        return option.href === undefined ? (
          <button className={look} key={option.value} type="button" aria-pressed={isChosen} onClick={() => onChange?.(option.value)}>
            {option.label}
          </button>
        ) : (
          <Link className={look} key={option.value} href={option.href} aria-current={isChosen ? "true" : undefined} scroll={false}>
            {option.label}
          </Link>
        );
      })}
    </div>
  );
}
