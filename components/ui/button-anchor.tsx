import type { ReactNode } from "react";
import { inConsole } from "@/lib/net/base-path";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style";

export interface ButtonAnchorProps {
  href: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  className?: string;
  /** For files: the name that the browser gives them. */
  download?: string | boolean;
  target?: "_blank";
  "aria-label"?: string;
  children: ReactNode;
}

/** An ordinary anchor that looks like a button: nothing is prefetched, nothing needs a script. */
export function ButtonAnchor({ href, variant = "plain", size = "md", icon, className, children, ...rest }: ButtonAnchorProps) {
  return (
    <a {...rest} className={buttonStyle(variant, size, className)} href={inConsole(href)}>
      <ButtonWords icon={icon}>{children}</ButtonWords>
    </a>
  );
}

export function ButtonWords({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <>
      {icon === undefined ? null : (
        <span className="flex-none [&>svg]:size-4 [&>svg]:stroke-[1.75]" aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </>
  );
}
