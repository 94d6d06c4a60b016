import type { ComponentType } from "react";
import type { LucideProps } from "lucide-react";
import { TONE_BOX, type Tone } from "@/components/ui/tone";

/** Icon, word and colour, always the three together. `title` is the raw value for developers. */
export function Badge({ tone, icon: Icon, label, title }: {
  tone: Tone;
  icon: ComponentType<LucideProps>;
  label: string;
  title?: string;
}) {
  return (
    <span
      className={`inline-flex h-[26px] items-center gap-1.5 rounded-md border pr-2.5 pl-2 text-sm font-medium whitespace-nowrap ${TONE_BOX[tone]}`}
      title={title}
    >
      <Icon className="size-3.5" strokeWidth={2} aria-hidden="true" />
      {label}
    </span>
  );
}
