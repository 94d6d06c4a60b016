import { Ban, Clock, Hourglass, RotateCw, ServerOff, Unlink } from "lucide-react";
import { NarrowFrame } from "@/components/site/narrow-frame";
import { ButtonLink } from "@/components/ui/button-link";
import { Outcome } from "@/components/ui/outcome";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { Closed } from "@/lib/receipts/sharing/get-shared-receipt";

/** Why there is nothing to read. None of it tells whose receipt it was. */
export function ClosedShare({ why, retryHref }: { why: Closed | Refusal; retryHref: string }) {
  return (
    <NarrowFrame>{"state" in why ? <ClosedOutcome state={why.state} /> : <Refused refusal={why} retryHref={retryHref} />}</NarrowFrame>
  );
}

function ClosedOutcome({ state }: Closed) {
  switch (state) {
    case "revoked":
      return (
        <Outcome tone="no" icon={Ban} title="This link was revoked">
          Whoever shared the receipt ended the link. A file that you downloaded with it can still be checked. Ask them for another link if
          you need one.
        </Outcome>
      );
    case "expired":
      return (
        <Outcome tone="no" icon={Clock} title="This link has ended">
          It was made for a limited time. A file that you downloaded with it can still be checked. Ask whoever sent it for another one if
          you need it.
        </Outcome>
      );
    case "unknown":
      return (
        <Outcome tone="no" icon={Unlink} title="This link cannot be used">
          It is not known here, or was not copied whole. Ask whoever sent it to send it again.
        </Outcome>
      );
  }
}

function Refused({ refusal, retryHref }: { refusal: Refusal; retryHref: string }) {
  if (refusal.code === "too_many_link_attempts") {
    const seconds = Math.max(1, Math.ceil(refusal.retryAfterSeconds ?? 60));
    return (
      <Outcome tone="wait" icon={Hourglass} title="Too many links opened">
        This link does not work, and too many such links were opened from your network. See that it was copied whole, and open it again in{" "}
        {seconds} {seconds === 1 ? "second" : "seconds"}.
      </Outcome>
    );
  }
  return (
    <>
      <Outcome
        tone="wait"
        icon={ServerOff}
        title={refusal.code === "database_unavailable" ? "The console cannot reach its database" : "The console could not show this page"}
      >
        The receipt cannot be shown now. Nothing happened to it.
      </Outcome>
      <ButtonLink href={retryHref} size="touch" isPlain icon={<RotateCw />}>
        Try again
      </ButtonLink>
    </>
  );
}
