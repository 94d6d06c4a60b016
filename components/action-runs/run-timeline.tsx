import {
  Ban,
  Bot,
  CheckCheck,
  CircleQuestionMark,
  Eraser,
  Lock,
  type LucideIcon,
  Mail,
  MailX,
  Scale,
  ShieldCheck,
  TriangleAlert,
  UserCheck,
  UserX,
} from "lucide-react";
import { createElement } from "react";
import { Instant } from "@/components/ui/instant";
import { TONE_BOX } from "@/components/ui/tone";
import type { RunStep } from "@/lib/action-runs/show/run-step";
import { LongText } from "./long-text";
import { TextWarnings } from "./text-warnings";
import { VisibleText } from "./visible-text";

/** A run's events, in order. Only policy, decision, outcome and receipt are colored. */
export function RunTimeline({ steps }: { steps: readonly RunStep[] }) {
  return (
    <ol className="px-4 py-4">
      {steps.map((step, index) => (
        <li className="group/step relative grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 pb-4 last:pb-0" key={index}>
          <span className="absolute top-[26px] bottom-0.5 left-[11.5px] w-px bg-line-strong group-last/step:hidden" aria-hidden="true" />
          <StepMark step={step} />
          <div className="min-w-0 pt-0.5">
            <p className="flex flex-wrap items-baseline gap-x-4 text-sm">
              <span className="min-w-0 flex-1 basis-56 wrap-anywhere">
                <strong className="font-medium">
                  <VisibleText text={step.title} />
                </strong>{" "}
                <span className="text-muted">
                  <VisibleText text={step.rest} />
                </span>
              </span>
              <span className="text-xs text-muted max-sm:basis-full">
                <Instant at={step.at} format="precise" />
              </span>
            </p>
            {step.note === undefined ? null : (
              <p className="mt-0.5 text-sm text-muted wrap-anywhere">
                <VisibleText text={step.note} />
              </p>
            )}
            {step.quote === undefined ? null : (
              <blockquote className="mt-1 max-w-[72ch] border-l-2 border-line-strong pl-3 text-sm wrap-anywhere whitespace-pre-wrap">
                <LongText text={step.quote} />
                <TextWarnings text={step.quote} />
              </blockquote>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepMark({ step }: { step: RunStep }) {
  const look = step.tone === null ? "border-line-strong bg-surface text-muted" : TONE_BOX[step.tone];
  return (
    <span className={`flex size-6 items-center justify-center rounded-full border ${look}`} aria-hidden="true">
      {createElement(iconOf(step), { className: "size-3.5", strokeWidth: 1.75 })}
    </span>
  );
}

function iconOf({ kind, tone }: RunStep): LucideIcon {
  switch (kind) {
    case "proposed":
      return Bot;
    case "policy":
      return tone === "stop" ? Ban : Scale;
    case "mail":
      return tone === null ? Mail : MailX;
    case "decision":
      return tone === "ok" ? UserCheck : tone === "stop" ? Ban : UserX;
    case "claim":
      return Lock;
    case "doubt":
      return CircleQuestionMark;
    case "outcome":
      return tone === "ok" ? CheckCheck : TriangleAlert;
    case "receipt":
      return ShieldCheck;
    case "erasure":
      return Eraser;
  }
}
