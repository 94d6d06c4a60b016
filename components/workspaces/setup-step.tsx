import { Check, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { SETUP_TITLES } from "@/lib/words/setup-labels";
import type { SetupStep } from "@/lib/words/setup-steps";

const MARKS = {
  done: "border-ok-line bg-ok-soft text-ok",
  now: "border-live-line bg-live-soft text-live",
  later: "border-line-strong text-muted",
} as const;

const STATE_LABELS = { done: "done", now: "next", later: "later" } as const;

/** `isWaiting`: nothing is left to do but for it to happen. `note` says when and by whom, at the right. */
export function SetupStepItem({
  step,
  number,
  isWaiting = false,
  note,
  children,
}: {
  step: SetupStep;
  number: number;
  isWaiting?: boolean;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li
      className="scroll-mt-20 grid grid-cols-[24px_minmax(0,1fr)] gap-x-3.5 border-t border-line px-4 py-3.5 first:border-t-0"
      id={step.state === "now" ? "next" : undefined}
      aria-current={step.state === "now" ? "step" : undefined}
    >
      <span
        className={`grid size-6 place-items-center rounded-full border text-xs font-medium tabular-nums ${MARKS[step.state]}`}
        aria-hidden="true"
      >
        {step.state === "done" ? (
          <Check className="size-3.5" strokeWidth={2.25} />
        ) : isWaiting && step.state === "now" ? (
          <LoaderCircle className="size-4 animate-turn" strokeWidth={2.25} />
        ) : (
          number
        )}
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5 pt-0.5">
          <h2 className={`text-sm ${step.state === "now" ? "font-semibold" : "font-medium"} ${step.state === "later" ? "text-muted" : ""}`}>
            {SETUP_TITLES[step.name]}
            <span className="sr-only">, {STATE_LABELS[step.state]}</span>
          </h2>
          {note === undefined || note === null ? null : <span className="min-w-0 text-xs text-muted wrap-anywhere">{note}</span>}
        </div>
        {children === undefined || children === null ? null : (
          <div className="mt-2 grid gap-2.5 [&_dt]:text-muted [&_p]:text-muted">{children}</div>
        )}
      </div>
    </li>
  );
}
