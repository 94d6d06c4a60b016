import { RotateCw, ServerOff } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { Outcome } from "@/components/ui/outcome";

/** `reference` finds the failure in the console's log. */
export function FailureMessage({ reference, onRetry }: { reference: string | undefined; onRetry: () => void }) {
  return (
    <>
      <Outcome tone="stop" icon={ServerOff} title="The console couldn’t show this page">
        Opening it changed nothing.{reference === undefined ? null : ` Reference for the operator: ${reference}.`}
      </Outcome>
      <button className={buttonStyle("plain", "touch")} type="button" onClick={onRetry}>
        <RotateCw className="size-4" strokeWidth={1.75} aria-hidden="true" />
        Try again
      </button>
    </>
  );
}
