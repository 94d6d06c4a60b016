const BASE =
  "inline-flex cursor-pointer items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap shadow-control transition-colors select-none";

const VARIANTS = {
  primary:
    "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover active:bg-accent-pressed",
  plain: "border-line-strong bg-surface text-ink hover:bg-hover active:bg-pressed",
  danger: "border-stop-line bg-surface text-stop hover:bg-stop-soft",
} as const;

const SIZES = {
  md: "h-10 px-4 text-md",
  /** For thumbs. */
  lg: "h-12 px-4 text-lg",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;
export type ButtonSize = keyof typeof SIZES;

/** One look for buttons and for links that act like them. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize): string {
  return `${BASE} ${VARIANTS[variant]} ${SIZES[size]}`;
}
