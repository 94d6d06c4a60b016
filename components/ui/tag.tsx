import type { ReactNode } from "react";

/** A small word beside a name: a role, "you", "v3". It says nothing about a status. */
export function Tag({ isAccent = false, children }: { isAccent?: boolean; children: ReactNode }) {
  const look = isAccent ? "bg-surface text-live shadow-[inset_0_0_0_1px_var(--color-accent-line)]" : "bg-pressed text-muted";
  return (
    <span
      className={`inline-flex h-[18px] items-center gap-1 rounded-sm px-1.5 font-sans text-2xs leading-none font-medium whitespace-nowrap ${look}`}
    >
      {children}
    </span>
  );
}
