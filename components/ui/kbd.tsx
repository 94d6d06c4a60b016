import type { ReactNode } from "react";

/** A key to press. Hints for keys go where there is no keyboard. */
export function Kbd({ isOnAccent = false, children }: { isOnAccent?: boolean; children: ReactNode }) {
  const look = isOnAccent ? "border-transparent bg-on-accent/16 text-on-accent" : "border-line bg-inset text-muted";
  return (
    <kbd
      className={`inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm border px-1 font-sans text-2xs leading-none font-medium max-md:hidden ${look}`}
      aria-hidden="true"
    >
      {children}
    </kbd>
  );
}
