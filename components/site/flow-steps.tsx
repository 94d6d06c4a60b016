import { Bot, Lock, type LucideIcon, Play, Scale, ShieldCheck, UserCheck } from "lucide-react";

interface FlowStep {
  readonly who: string;
  readonly isConsole: boolean;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
}

const STEPS: readonly FlowStep[] = [
  { who: "Your app", isConsole: false, icon: Bot, title: "Agent proposes", text: "Refund 1,840.00 EUR" },
  { who: "DAAI Console", isConsole: true, icon: Scale, title: "Policy checks", text: "Above 250.00: ask a person" },
  { who: "A person", isConsole: false, icon: UserCheck, title: "Review and decide", text: "By email, on a phone or in the queue" },
  { who: "DAAI Console", isConsole: true, icon: Lock, title: "Executable", text: "Allowed by the policy, or approved" },
  { who: "Your app", isConsole: false, icon: Play, title: "Your code runs", text: "Once, then it reports the outcome" },
  { who: "DAAI Console", isConsole: true, icon: ShieldCheck, title: "Receipt", text: "The decision and the outcome" },
];

/** The flow as a list, for narrow windows. */
export function FlowSteps() {
  return (
    <ol className="max-w-[560px] overflow-hidden rounded-xl border border-line-strong bg-surface shadow-card lg:hidden">
      {STEPS.map(({ who, isConsole, icon: Icon, title, text }) => (
        <li className={`group relative grid grid-cols-[28px_1fr] gap-x-3.5 px-4 py-3.5 ${isConsole ? "bg-accent-soft" : ""}`} key={title}>
          <span
            className={`z-1 grid size-7 place-items-center rounded-full border bg-surface ${isConsole ? "border-accent-line text-link" : "border-line-strong text-muted"}`}
          >
            <Icon className="size-3.5" strokeWidth={2} aria-hidden="true" />
          </span>
          <span className="absolute top-11 -bottom-3.5 left-[29.5px] w-px bg-line-strong group-last:hidden" aria-hidden="true" />
          <div>
            <p className="text-xs text-muted">{who}</p>
            <p className="text-md leading-5 font-semibold">{title}</p>
            <p className="text-sm text-muted">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
