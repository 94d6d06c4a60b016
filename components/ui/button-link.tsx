import type { ReactNode } from "react";
import { buttonStyle, type ButtonSize, type ButtonVariant } from "@/components/ui/button-style";

/** A plain link that looks like a button. It is an ordinary anchor: nothing is prefetched, nothing needs a script. */
export function ButtonLink({ href, variant = "plain", size = "lg", children }: {
  href: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  children: ReactNode;
}) {
  return (
    <a className={buttonStyle(variant, size)} href={href}>
      {children}
    </a>
  );
}
