import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

/** The name is the link, and wherever the row is pressed, it is: also for a new tab. What is pressable besides needs `z-1`. */
export function RowLink({ href, title, children }: { href: string; title?: string; children: ReactNode }) {
  return (
    <Link
      className="rounded-sm font-medium text-ink after:absolute after:inset-0 hover:underline focus-visible:-outline-offset-1"
      href={href}
      title={title}
    >
      {children}
    </Link>
  );
}
