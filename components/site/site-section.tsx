import type { ReactNode } from "react";

/** A part of the landing page: a title, a sentence or two, and what shows it. */
export function SiteSection({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-12 sm:py-16">
      <h2 className="text-2xl tracking-display">{title}</h2>
      {lead === undefined ? null : <p className="mt-2 max-w-[60ch] text-lg text-muted">{lead}</p>}
      <div className="mt-7">{children}</div>
    </section>
  );
}
