import type { ReactNode } from "react";

/** A part of a long form, under its own heading and a line from the one above. */
export function FormSection({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid gap-4 border-t border-line pt-6 first:border-0 first:pt-0">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 className="text-md">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
