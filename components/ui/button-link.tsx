import type { ReactNode } from "react";
import { inConsole } from "@/lib/net/base-path";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style";
import { Link } from "./link";

/** A link that looks like a button. `isPlain` is an ordinary anchor: nothing is prefetched, nothing needs a script. */
export function ButtonLink({
  href,
  variant = "plain",
  size = "md",
  icon,
  isPlain = false,
  className,
  children,
  ...rest
}: {
  href: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  isPlain?: boolean;
  className?: string;
  /** For files: the name that the browser gives them. */
  download?: string | boolean;
  target?: "_blank";
  "aria-label"?: string;
  children: ReactNode;
}) {
  const look = buttonStyle(variant, size, className);
  const words = (
    <>
      {icon === undefined ? null : (
        <span className="flex-none [&>svg]:size-4 [&>svg]:stroke-[1.75]" aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </>
  );
  if (isPlain || rest.download !== undefined)
    return (
      <a {...rest} className={look} href={inConsole(href)}>
        {words}
      </a>
    );
  return (
    <Link {...rest} className={look} href={href}>
      {words}
    </Link>
  );
}
