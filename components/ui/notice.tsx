import type { ComponentType, ReactNode } from "react";
import type { LucideProps } from "lucide-react";
import { TONE_BOX, type Tone } from "@/components/ui/tone";

/** A half-sentence in bold and a plain rest, one or two lines. At most two on a page. */
export function Notice({ tone, icon: Icon, title, children }: {
  tone: Tone;
  icon: ComponentType<LucideProps>;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className={`flex gap-2.5 rounded-lg border px-3.5 py-3 text-md ${TONE_BOX[tone]}`} role="note">
      <Icon className="mt-[3px] size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
      <p>
        <strong className="font-semibold">{title}</strong> <span className="text-ink">{children}</span>
      </p>
    </div>
  );
}
