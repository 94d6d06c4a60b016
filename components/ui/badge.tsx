import type { LucideProps } from "lucide-react";
import type { ComponentType } from "react";
import { TONE_BOX, TONE_TEXT, type Tone } from "./tone";

const SIZES = {
  md: "h-[22px] gap-[5px] rounded-sm pr-2 pl-1.5 text-xs",
  /** In the head of a page. */
  lg: "h-[26px] gap-1.5 rounded-md pr-2.5 pl-2 text-sm",
} as const;

export interface BadgeLook {
  size?: keyof typeof SIZES;
  /** For rows of tables: the icon keeps its color, the word is plain, there is no box. */
  quiet?: boolean;
}

/** Icon, word and color, always the three together. `title` is the raw value for developers. */
export function Badge({
  tone,
  icon: Icon,
  label,
  title,
  size = "md",
  quiet = false,
}: BadgeLook & {
  tone: Tone;
  icon: ComponentType<LucideProps>;
  label: string;
  title?: string;
}) {
  const look = quiet ? "gap-1.5 text-sm" : `border font-medium ${SIZES[size]} ${TONE_BOX[tone]}`;
  return (
    <span className={`inline-flex items-center align-middle whitespace-nowrap ${look}`} title={title}>
      <Icon className={`size-3.5 flex-none ${quiet ? TONE_TEXT[tone] : ""}`} strokeWidth={2} aria-hidden="true" />
      {label}
    </span>
  );
}
