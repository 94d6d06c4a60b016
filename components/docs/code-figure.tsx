import type { ComponentProps, ReactNode } from "react";
import { mapText, textOf } from "./node-text";
import { CopyButton } from "@/components/ui/copy-button";

/** A code block of a page: a line that says what it is, a button that copies it, and the code, which scrolls sideways. */
export function CodeFigure({
  title,
  fill = (text) => text,
  children,
}: ComponentProps<"pre"> & {
  title?: string | undefined;
  /** Puts what is known about the reader in the place of placeholders. */
  fill?: (text: string) => string;
}) {
  const filled = mapText(children, fill);
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-inset">
      <figcaption className="flex min-h-9 items-center justify-between gap-3 border-b border-line pr-1 pl-3.5 text-xs text-muted">
        <span className="truncate">{title ?? "Code"}</span>
        <CopyButton text={textOf(filled).trimEnd()} label={`Copy ${title ?? "the code"}`} words="Copy" />
      </figcaption>
      <Pre label={title ?? "Code"}>{filled}</Pre>
    </figure>
  );
}

function Pre({ label, children }: { label: string; children: ReactNode }) {
  return (
    <pre
      className="overflow-x-auto px-3.5 py-3 font-mono text-[0.78125rem] leading-[1.35rem] focus-visible:-outline-offset-2"
      tabIndex={0}
      aria-label={label}
    >
      {children}
    </pre>
  );
}
