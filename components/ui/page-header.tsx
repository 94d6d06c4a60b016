import type { ReactNode } from "react";

/** The one h1 of a page. `badges` stand beside it, `actions` at the right; on a phone they go below. */
export function PageHeader({
  title,
  description,
  badges,
  actions,
}: {
  title: ReactNode;
  description?: ReactNode;
  badges?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-start gap-x-4 gap-y-3 max-md:mb-4">
      <div className="min-w-0 flex-1 max-md:basis-full">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-xl tracking-title wrap-anywhere">{title}</h1>
          {badges}
        </div>
        {description === undefined ? null : <p className="mt-0.5 max-w-[72ch] text-muted wrap-anywhere">{description}</p>}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
