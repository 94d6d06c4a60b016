import type { ComponentType, ReactNode } from "react";
import type { LucideProps } from "lucide-react";

/** What will appear here, and the one next step. */
export function EmptyState({ icon: Icon, title, children, action }: {
  icon: ComponentType<LucideProps>;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center text-muted">
      <Icon className="mb-2 size-6 text-subtle" strokeWidth={1.75} aria-hidden="true" />
      <h3 className="text-sm text-ink">{title}</h3>
      {children === undefined ? null : <div className="max-w-[44ch] text-pretty">{children}</div>}
      {action === undefined ? null : <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
