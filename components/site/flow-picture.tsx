import { Ban, Bot, Lock, type LucideIcon, Play, Scale, ShieldCheck, UserCheck } from "lucide-react";
import type { ReactNode } from "react";
import { ClockXIcon } from "@/components/ui/clock-x-icon";
import { FlowWires } from "./flow-wires";

/** The flow as three lanes, for wide windows. The wires are drawn for exactly this grid: 1072 by 360. */
export function FlowPicture() {
  return (
    <figure
      className="relative hidden overflow-hidden rounded-xl border border-line-strong bg-surface shadow-card lg:block"
      aria-label="How it works: your app proposes, the console checks the policy and asks a person when needed, your app runs the action and reports the outcome, the console records a receipt"
    >
      <FlowWires />
      <Lane name="Your app" note="runs the action">
        <Box column="col-start-2" icon={Bot} title="Agent proposes" text="Refund 1,840.00 EUR" />
        <Box column="col-start-5" icon={Play} title="Your code runs" text="Once, then it reports" />
      </Lane>
      <Lane name="DAAI Console" note="decides, never runs" isConsole>
        <Box column="col-start-2" icon={Scale} title="Policy checks" text="Above 250.00: ask" />
        <Box column="col-start-4" icon={Lock} title="Executable" text="Your app may run it" />
        <Box column="col-start-6" icon={ShieldCheck} title="Receipt" text="Decision and outcome" />
      </Lane>
      <Lane name="A person" note="if the policy asks">
        <Box column="col-start-3" icon={UserCheck} title="Review and decide" text="Email, phone or queue" />
        <div className="col-span-2 col-start-5 grid gap-1.5 text-xs text-muted">
          <p className="flex items-center gap-1.5">
            <Ban className="size-3.5" aria-hidden="true" />
            Blocked or rejected: nothing runs.
          </p>
          <p className="flex items-center gap-1.5">
            <ClockXIcon className="size-3.5" aria-hidden="true" />
            Nobody decides in time: nothing runs.
          </p>
        </div>
      </Lane>
    </figure>
  );
}

function Lane({ name, note, isConsole = false, children }: { name: string; note: string; isConsole?: boolean; children: ReactNode }) {
  const fill = isConsole ? "border-y border-accent-line bg-accent-soft" : "";
  return (
    <div className={`grid h-[120px] grid-cols-[152px_repeat(5,minmax(0,1fr))] items-center gap-x-4 pr-6 ${fill}`}>
      <div className="grid gap-0.5 pl-6 text-sm font-semibold">
        {name}
        <span className="text-xs font-normal text-muted">{note}</span>
      </div>
      {children}
    </div>
  );
}

function Box({ column, icon: Icon, title, text }: { column: string; icon: LucideIcon; title: string; text: string }) {
  return (
    <div
      className={`relative z-2 grid min-h-16 content-center gap-0.5 rounded-lg border border-line-strong bg-raised px-3 py-2 text-xs text-muted shadow-card ${column}`}
    >
      <p className="flex items-center gap-1.5 text-sm leading-[18px] font-semibold whitespace-nowrap text-ink">
        <Icon className="size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
        {title}
      </p>
      {text}
    </div>
  );
}
