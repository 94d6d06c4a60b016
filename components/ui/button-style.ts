import { clsx } from "clsx";

const BASE =
  "inline-flex flex-none cursor-pointer items-center justify-center border font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:border-line disabled:bg-inset disabled:text-disabled disabled:shadow-none disabled:hover:bg-inset";

const VARIANTS = {
  primary:
    "border-accent bg-accent text-on-accent shadow-control hover:border-accent-hover hover:bg-accent-hover active:border-accent-pressed active:bg-accent-pressed",
  plain: "border-line-strong bg-surface text-ink shadow-control hover:bg-hover active:bg-pressed",
  ghost:
    "border-transparent text-muted hover:bg-pressed hover:text-ink active:bg-pressed disabled:border-transparent disabled:bg-transparent disabled:hover:bg-transparent",
  danger: "border-stop-line bg-surface text-stop shadow-control hover:bg-stop-soft active:bg-stop-soft",
} as const;

/** Below 860 px everything that can be pressed grows to what a thumb needs. */
const SIZES = {
  sm: "h-7 gap-1.5 rounded-md px-2.5 text-xs max-md:h-9",
  md: "h-8 gap-1.5 rounded-md px-3 text-sm max-md:h-10",
  lg: "h-11 gap-2 rounded-lg px-4 text-md max-md:h-12",
  /** Decision buttons: large enough for thumbs on every screen. */
  touch: "h-12 gap-2 rounded-lg px-4 text-lg",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;
export type ButtonSize = keyof typeof SIZES;

/** One look for buttons and for links that act like them. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return clsx(BASE, VARIANTS[variant], SIZES[size], className);
}
