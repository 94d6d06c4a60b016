import type { ReactNode } from "react";

/** A piece of code with a line that says where it goes. It scrolls sideways and can be reached by keyboard to do so. */
export function CodeBlock({ title, children }: { title: string; children: ReactNode }) {
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-inset">
      <figcaption className="border-b border-line px-3.5 py-2 text-xs leading-5 text-muted">{title}</figcaption>
      <pre className="overflow-x-auto px-3.5 py-3 font-mono text-xs leading-5 focus-visible:-outline-offset-2" tabIndex={0} aria-label={title}>
        <code>{children}</code>
      </pre>
    </figure>
  );
}
