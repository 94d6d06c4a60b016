import type { LucideProps } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { TONE_BOX, type Tone } from "./tone";

/** The head of a page that has one thing to say: a mark, a heading, a sentence or two. */
export function Outcome({
  tone,
  icon: Icon,
  title,
  children,
}: {
  tone: Tone;
  icon: ComponentType<LucideProps>;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-2 px-2 pt-10 pb-2 text-center">
      <span className={`mb-2 grid size-14 place-items-center rounded-full border ${TONE_BOX[tone]}`}>
        <Icon className="size-[26px]" strokeWidth={1.75} aria-hidden="true" />
      </span>
      <h1 className="text-xl tracking-title wrap-anywhere">{title}</h1>
      <p className="max-w-[38ch] text-base text-muted">{children}</p>
    </div>
  );
}
