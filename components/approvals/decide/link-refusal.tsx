import { Hourglass, RotateCw, ServerOff, Users, UserX } from "lucide-react";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { VisibleText } from "@/components/action-runs/visible-text";
import { workspaceLine } from "@/components/approvals/workspace-line";
import { NarrowFrame } from "@/components/site/narrow-frame";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { ClockXIcon } from "@/components/ui/clock-x-icon";
import { Fact, FactList } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import { Outcome } from "@/components/ui/outcome";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { ApprovedRequest } from "./approved-request";
import { AskedFact } from "./asked-fact";
import { ConfirmRevocation } from "./confirm-revocation";
import { decidePath } from "./decide-path";
import { DecidedFacts } from "./decided-facts";
import { approvedRunSchema, type EarlierDecision, type ExpiredRun, earlierDecisionSchema, expiredRunSchema } from "./earlier-decision";
import { EndedRequest, isEnded } from "./ended-request";
import { OwnDecision } from "./own-decision";
import { SummaryFact } from "./summary-fact";
import { UnknownLink } from "./unknown-link";

/** Explains why there is nothing to decide: one screen per reason. */
export function LinkRefusal({
  refusal,
  token,
  isJustDone,
  hasAnswered,
  isRevoking = false,
}: {
  refusal: Refusal;
  token: string;
  isJustDone: boolean;
  hasAnswered: boolean;
  /** Whether the second step of revoking an approval is open. */
  isRevoking?: boolean;
}) {
  switch (refusal.code) {
    case "link_used": {
      const decided = earlierDecisionSchema.parse(refusal.fields);
      return (
        <NarrowFrame from={<VisibleText text={workspaceLine(decided.summary.workspace)} />}>
          {isEnded(decided) ? (
            <EndedRequest decided={decided} isOwn={decided.decidedBy === decided.summary.approverEmail} isJustDone={isJustDone} />
          ) : isRevoking && decided.canRevoke ? (
            <ConfirmRevocation summary={decided.summary} token={token} isPending={false} />
          ) : (
            <OwnDecision decided={decided} token={token} isJustDone={isJustDone} hasAnswered={hasAnswered} />
          )}
        </NarrowFrame>
      );
    }
    case "already_approved":
    case "not_asked": {
      const approved = approvedRunSchema.parse(refusal.fields);
      return (
        <NarrowFrame from={<VisibleText text={workspaceLine(approved.summary.workspace)} />}>
          {isRevoking && approved.canRevoke ? (
            <ConfirmRevocation summary={approved.summary} token={token} isPending />
          ) : (
            <ApprovedRequest approved={approved} token={token} isJustDone={isJustDone} />
          )}
        </NarrowFrame>
      );
    }
    case "already_decided": {
      const decided = earlierDecisionSchema.parse(refusal.fields);
      return (
        <NarrowFrame from={<VisibleText text={workspaceLine(decided.summary.workspace)} />}>
          {isEnded(decided) ? (
            <EndedRequest decided={decided} isOwn={false} isJustDone={false} />
          ) : (
            <DecidedByOther decided={decided} hasAnswered={hasAnswered} />
          )}
        </NarrowFrame>
      );
    }
    case "link_expired": {
      const expired = expiredRunSchema.parse(refusal.fields);
      return (
        <NarrowFrame from={<VisibleText text={workspaceLine(expired.summary.workspace)} />}>
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

function TooManyAttempts({ retryAfterSeconds }: { retryAfterSeconds: number }) {
  const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
  return (
    <Outcome tone="wait" icon={Hourglass} title="Too many invalid links">
      This link isn’t valid, and too many invalid links were opened from your network. Nothing was changed. Check that the link is complete,
      then open it again in {seconds} {seconds === 1 ? "second" : "seconds"}.
    </Outcome>
  );
}

/** The link was revoked. Shows nothing about the run, because its holder is no longer involved. */
function WithdrawnLink({ detail }: { detail: string }) {
  return (
    <Outcome tone="no" icon={UserX} title="Your decision is no longer needed">
      <span className="wrap-anywhere">{detail}</span>
    </Outcome>
  );
}

/** Someone else decided first. `hasAnswered` when this approver tried to decide after that. */
function DecidedByOther({ decided, hasAnswered }: { decided: EarlierDecision; hasAnswered: boolean }) {
  const who = <VisibleText text={decided.decidedBy ?? "The policy"} />;
  return (
    <>
      <Outcome
        tone="no"
        icon={Users}
        title={
          <>
            Already {decided.decision} by {who}
          </>
        }
      >
        Decided on <Instant at={decided.decidedAt} />. There’s nothing left to decide.
        {hasAnswered ? " Your decision wasn’t recorded." : ""}
      </Outcome>
      <DecidedFacts decided={decided} commentLabel={<>Comment by {who}</>} />
      {decided.decision === "approved" ? (
        <p className="text-center text-sm text-muted wrap-anywhere">If this is wrong, contact {who} immediately.</p>
      ) : null}
    </>
  );
}

function ExpiredDecision({ expired: { expiredAt, summary } }: { expired: ExpiredRun }) {
  return (
    <>
      <Outcome tone="wait" icon={ClockXIcon} title="This request has expired">
        It wasn’t decided by <Instant at={expiredAt} />, so the request was rejected. Nothing ran. The agent can propose it again.
      </Outcome>
      <FactList>
        <SummaryFact summary={summary} />
        <Fact label="Decision">
          <GovernanceBadge status="rejected" reason="approval_expired" size="lg" />
        </Fact>
        <AskedFact approverEmail={summary.approverEmail} askedEmails={summary.askedEmails} askedAt={summary.askedAt} width="full" />
      </FactList>
    </>
  );
}

/** Nothing can be shown, so nothing can be decided. `isDatabaseAway` when that is the known reason. */
function PageFailure({ isDatabaseAway, retryHref }: { isDatabaseAway: boolean; retryHref: string }) {
  return (
    <>
      <Outcome
        tone="wait"
        icon={ServerOff}
        title={isDatabaseAway ? "The console can’t reach its database" : "The console couldn’t show this page"}
      >
        Your request can’t be shown right now. Opening this page changed nothing, and nothing runs without a decision.
      </Outcome>
      <ButtonAnchor href={retryHref} size="touch">
        <RotateCw className="size-4" strokeWidth={1.75} aria-hidden="true" />
        Try again
      </ButtonAnchor>
    </>
  );
}
