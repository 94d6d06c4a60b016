import Link from "next/link";
import type { ComponentProps } from "react";

/** Our own pages open in place, the same page scrolls, and everything else is an ordinary link. */
export function DocLink({ href = "", children }: ComponentProps<"a">) {
  if (href.startsWith("/docs")) {
    return (
      <Link className="text-link" href={href}>
        {children}
      </Link>
    );
  }
  return (
    <a className="text-link" href={href}>
      {children}
    </a>
  );
}
