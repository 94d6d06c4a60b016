"use client";

import { CopyButton } from "@/components/ui/copy-button";

/** Lines for a shell, with keys in them: drawn in the browser, so that they are in no page that a server made. */
export function ShellFigure({
  title,
  label,
  code,
  copyLabel,
  copyWords,
}: {
  title: string;
  label: string;
  code: string;
  copyLabel: string;
  copyWords?: string;
}) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-line bg-inset">
      <figcaption className="flex min-h-9 items-center gap-2 border-b border-line pr-1 pl-3.5 text-xs text-muted">
        <span className="min-w-0 truncate">{title}</span>
        <span className="ml-auto">
          <CopyButton text={code} label={copyLabel} {...(copyWords !== undefined && { words: copyWords })} />
        </span>
      </figcaption>
      <pre
        className="overflow-x-auto px-3.5 py-3 font-mono text-xs leading-5 text-ink focus-visible:-outline-offset-2"
        tabIndex={0}
        aria-label={label}
      >
        {code}
      </pre>
    </figure>
  );
}
