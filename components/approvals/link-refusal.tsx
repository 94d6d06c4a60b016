import { NarrowFrame } from "@/components/site/narrow-frame";
import { DecidedByOther } from "./decided-by-other";
import { decidePath } from "./decide-path";
import { earlierDecisionSchema, expiredRunSchema } from "./earlier-decision";
import { ExpiredDecision } from "./expired-decision";
import { OwnDecision } from "./own-decision";
import { PageFailure } from "./page-failure";
import { TooManyAttempts } from "./too-many-attempts";
import { UnknownLink } from "./unknown-link";
import { WithdrawnLink } from "./withdrawn-link";
import { workspaceLine } from "./workspace-line";
import type { Refusal } from "@/lib/domain/refusals/refusal";

/** Why there is nothing to decide: one screen for each reason. */
export function LinkRefusal({
  refusal,
  token,
  isJustDone,
  hasAnswered,
}: {
  refusal: Refusal;
  token: string;
  isJustDone: boolean;
  hasAnswered: boolean;
}) {
  switch (refusal.code) {
    case "link_used": {
      const decided = earlierDecisionSchema.parse(refusal.fields);
      return (
        <NarrowFrame from={workspaceLine(decided.summary.workspace)}>
          <OwnDecision decided={decided} isJustDone={isJustDone} />
        </NarrowFrame>
      );
    }
    case "already_decided": {
      const decided = earlierDecisionSchema.parse(refusal.fields);
      return (
        <NarrowFrame from={workspaceLine(decided.summary.workspace)}>
          <DecidedByOther decided={decided} hasAnswered={hasAnswered} />
        </NarrowFrame>
      );
    }
    case "link_expired": {
      const expired = expiredRunSchema.parse(refusal.fields);
      return (
        <NarrowFrame from={workspaceLine(expired.summary.workspace)}>
          <ExpiredDecision expired={expired} />
        </NarrowFrame>
      );
    }
    case "link_withdrawn":
      return (
        <NarrowFrame>
          <WithdrawnLink detail={refusal.detail} />
        </NarrowFrame>
      );
    case "invalid_link":
      return (
        <NarrowFrame>
          <UnknownLink />
        </NarrowFrame>
      );
    case "too_many_link_attempts":
      return (
        <NarrowFrame>
          <TooManyAttempts retryAfterSeconds={refusal.retryAfterSeconds ?? 60} />
        </NarrowFrame>
      );
    default:
      return (
        <NarrowFrame>
          <PageFailure isDatabaseAway={refusal.code === "database_unavailable"} retryHref={decidePath(token)} />
        </NarrowFrame>
      );
  }
}
