import type { ReactNode } from "react";

export function Card({
  className,
  children,
  ...rest
}: {
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-labelledby"?: string;
  children: ReactNode;
}) {
  return (
    <section
      {...rest}
      className={`min-w-0 rounded-lg border border-line bg-surface shadow-card print:break-inside-avoid print:shadow-none ${className ?? ""}`}
    >
      {children}
    </section>
  );
}

/** `note` is a quiet word at the right, `actions` are its buttons. */
export function CardHeader({
  title,
  id,
  note,
  actions,
  level = 2,
}: {
  title: ReactNode;
  id?: string;
  note?: ReactNode;
  actions?: ReactNode;
  level?: 2 | 3;
}) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 pr-2 pl-4">
      <Heading className="min-w-0 text-sm font-semibold wrap-anywhere" id={id}>
        {title}
      </Heading>
      {note === undefined ? null : <span className="mr-2 ml-auto text-xs text-muted">{note}</span>}
      {actions === undefined ? null : (
        <div className={`flex flex-wrap items-center gap-2 ${note === undefined ? "ml-auto" : ""}`}>{actions}</div>
      )}
    </div>
  );
}

export function CardBody({ className = "p-4", children }: { className?: string; children: ReactNode }) {
  return <div className={className}>{children}</div>;
}

export function CardFooter({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2.5 text-muted">{children}</div>;
}
