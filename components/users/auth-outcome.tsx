import type { LucideProps } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { TONE_BOX, type Tone } from "@/components/ui/tone";

/** A page before signing in that has one thing to say, and one way on. */
export function AuthOutcome({
  tone,
  icon: Icon,
  title,
  children,
  action,
}: {
  tone: Tone;
  icon: ComponentType<LucideProps>;
  title: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-2 text-center">
      <span className={`mb-1 grid size-12 place-items-center rounded-full border ${TONE_BOX[tone]}`}>
        <Icon className="size-[22px]" strokeWidth={1.75} aria-hidden="true" />
      </span>
      <h1 className="text-xl tracking-title wrap-anywhere">{title}</h1>
      <div className="grid max-w-[44ch] gap-2 text-muted text-balance wrap-anywhere">{children}</div>
      {action === undefined ? null : <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
