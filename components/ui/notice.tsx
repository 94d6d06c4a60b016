import type { LucideProps } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { TONE_BOX, type Tone } from "./tone";

const SIZES = {
  md: "rounded-md px-3 py-2.5 text-sm [&>svg]:mt-0.5",
  /** For people outside the console, who read larger letters. */
  lg: "rounded-lg px-3.5 py-3 text-md [&>svg]:mt-[3px]",
} as const;

/** A half-sentence in bold and a plain rest, one or two lines. At most two on a page. */
export function Notice({
  tone,
  icon: Icon,
  title,
  size = "md",
  role = "note",
  action,
  children,
}: {
  tone: Tone;
  icon: ComponentType<LucideProps>;
  title?: ReactNode;
  size?: keyof typeof SIZES;
  /** Screen readers read "alert" immediately and "status" at the next pause. */
  role?: "note" | "alert" | "status";
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={`flex flex-wrap items-start gap-2.5 border ${SIZES[size]} ${TONE_BOX[tone]}`} role={role}>
      <Icon className="size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
      <div className="min-w-0 flex-1 basis-48 wrap-anywhere">
        {title === undefined ? null : <strong className="font-semibold">{title}</strong>} <span className="text-ink">{children}</span>
      </div>
      {action}
    </div>
  );
}
