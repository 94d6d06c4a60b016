import type { LucideProps } from "lucide-react";
import type { ComponentType, ReactNode } from "react";

/** What will appear here, and the one next step. */
export function EmptyState({
  icon: Icon,
  title,
  level = 2,
  children,
  action,
}: {
  icon: ComponentType<LucideProps>;
  title: string;
  /** 1 where it is the whole page, 3 below another heading of its card. */
  level?: 1 | 2 | 3;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center text-muted">
      <Icon className="mb-2 size-6 text-subtle" strokeWidth={1.75} aria-hidden="true" />
      <Heading className="text-sm text-ink">{title}</Heading>
      {children === undefined ? null : <div className="max-w-[44ch] text-pretty">{children}</div>}
      {action === undefined ? null : <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
