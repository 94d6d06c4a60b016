import { RotateCw, ServerOff } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Outcome } from "@/components/ui/outcome";

/** Nothing can be shown, so nothing can be decided. `isDatabaseAway` when that is known to be the reason. */
export function PageFailure({ isDatabaseAway, retryHref }: { isDatabaseAway: boolean; retryHref: string }) {
  return (
    <>
      <Outcome
        tone="wait"
        icon={ServerOff}
        title={isDatabaseAway ? "The console cannot reach its database" : "The console could not show this page"}
      >
        What waits for you cannot be shown now. Opening this page changed nothing, and nothing runs without an answer.
      </Outcome>
      <ButtonLink href={retryHref} size="touch" isPlain>
        <RotateCw className="size-4" strokeWidth={1.75} aria-hidden="true" />
        Try again
      </ButtonLink>
    </>
  );
}
