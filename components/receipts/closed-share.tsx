import { Ban, Clock, Hourglass, RotateCw, ServerOff, Unlink } from "lucide-react";
import { NarrowFrame } from "@/components/site/narrow-frame";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { Outcome } from "@/components/ui/outcome";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { Closed } from "@/lib/receipts/sharing/get-shared-receipt";

/** Explains why there is nothing to read, without revealing whose receipt it was. */
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
          The person who shared the receipt revoked the link. A file you downloaded with it can still be verified. If you need another link,
          ask them for one.
        </Outcome>
      );
    case "expired":
      return (
        <Outcome tone="no" icon={Clock} title="This link has expired">
          A file you downloaded with it can still be verified. If you need another link, ask the person who sent you this one.
        </Outcome>
      );
    case "unknown":
      return (
        <Outcome tone="no" icon={Unlink} title="This link isn’t valid">
          It may be incomplete. Ask the person who sent it to send it again.
        </Outcome>
      );
  }
}

function Refused({ refusal, retryHref }: { refusal: Refusal; retryHref: string }) {
  if (refusal.code === "too_many_link_attempts") {
    const seconds = Math.max(1, Math.ceil(refusal.retryAfterSeconds ?? 60));
    return (
      <Outcome tone="wait" icon={Hourglass} title="Too many invalid links">
        This link isn’t valid, and too many invalid links were opened from your network. Check that the link is complete, then open it again
        in {seconds} {seconds === 1 ? "second" : "seconds"}.
      </Outcome>
    );
  }
  return (
    <>
      <Outcome
        tone="wait"
        icon={ServerOff}
        title={refusal.code === "database_unavailable" ? "The console can’t reach its database" : "The console couldn’t show this page"}
      >
        The receipt can’t be shown right now. The receipt itself isn’t affected.
      </Outcome>
      <ButtonAnchor href={retryHref} size="touch" icon={<RotateCw />}>
        Try again
      </ButtonAnchor>
    </>
  );
}
