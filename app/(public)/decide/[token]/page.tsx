import { Undo2 } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { VisibleText } from "@/components/action-runs/visible-text";
import { changeAnswer } from "@/components/approvals/change/change-answer";
import { AnswerRefusedNotice } from "@/components/approvals/decide/answer-refused-notice";
import { ChangeDecision } from "@/components/approvals/decide/change-decision";
import { ConfirmDecision } from "@/components/approvals/decide/confirm-decision";
import { GrantStep } from "@/components/approvals/decide/grant-step";
import { LinkRefusal } from "@/components/approvals/decide/link-refusal";
import { OpenDecision } from "@/components/approvals/decide/open-decision";
import { SeenByScript } from "@/components/approvals/decide/seen-by-script";
import { queuePath } from "@/components/approvals/queue-path";
import { workspaceLine } from "@/components/approvals/workspace-line";
import { NarrowFrame } from "@/components/site/narrow-frame";
import { Notice } from "@/components/ui/notice";
import { hasOwnCard } from "@/lib/approvals/has-own-card";
import { clientAddressInNext } from "@/lib/auth/client-address";
import { userContext } from "@/lib/auth/contexts";
import { getUser } from "@/lib/auth/get-user";
import { IS_SHOWN_HEADER } from "@/lib/auth/request-path-header";
import { DECISIONS } from "@/lib/domain/runs/statuses";
import { openDecisionLink } from "@/lib/http/open-decision-link";
import { presentTime } from "@/lib/present-time";

/**
 * The policy in the header is no-referrer. A browser obeys it by sending forms with `Origin: null`, which is refused, so the
 * page itself asks for the next stricter one: the address goes to this origin only, and the form says where it comes from.
 */
export const metadata: Metadata = { title: "Decide", robots: { index: false, follow: false }, referrer: "same-origin" };

type Query = Record<string, string | string[] | undefined>;

/**
 * The approver's page from the email. It only reads: the first step has no form, the form of the second is sent to ./answer, and the
 * page's script reports to ./opened that it is shown. An unknown link gets a regular page, because Next's notFound() needs JavaScript.
 */
export default async function DecidePage({ params, searchParams }: { params: Promise<{ token: string }>; searchParams: Promise<Query> }) {
  const { token } = await params;
  const { step, refused, done, late } = await searchParams;
  const asked = await headers();
  const opened = await openDecisionLink(token, {
    clientAddress: clientAddressInNext(asked),
    isFirstLook: [step, refused, done, late].every((part) => part === undefined),
    isShown: asked.get(IS_SHOWN_HEADER) === "yes",
  });
  if (!opened.ok) {
    const state = { isJustDone: done === "1", hasAnswered: late === "1", isRevoking: step === "revoke" };
    return <LinkRefusal refusal={opened} token={token} {...state} />;
  }
  const { decision, frozen, earlier, identicalCount, grantOffer } = opened;
  const mayApprove = decision.mayApprove && frozen === null;
  // Redirects people to their own card, which has all of it and their name. Another person's link keeps its page, whoever is signed in.
  const user = await getUser();
  if (step === undefined && refused === undefined && done === undefined && (await hasOwnCard(user && userContext(user), decision)))
    redirect(queuePath({ runId: decision.runId }));
  const confirming = DECISIONS.find((known) => known === step && (known !== "approve" || mayApprove)) ?? null;
  const changing = step === "change" ? changeAnswer(decision, frozen !== null) : null;
  const now = await presentTime();
  const isGranting = step === "grant" && grantOffer !== null;
  // After a decision, the request is open only to those who revoked one of several approvals.
  const notice =
    done === "1" && confirming === null && changing === null ? (
      <Notice size="lg" tone="no" icon={Undo2} role="status" title="Approval revoked.">
        You can decide again.
      </Notice>
    ) : (
      <AnswerRefusedNotice refused={refused} confirming={changing ?? confirming} />
    );
  return (
    <NarrowFrame from={<VisibleText text={workspaceLine(decision.workspace)} />}>
      {isGranting ? (
        <GrantStep decision={decision} offer={grantOffer} token={token} now={now.getTime()} refused={refused} />
      ) : changing !== null ? (
        <ChangeDecision decision={decision} answer={changing} token={token} notice={notice} />
      ) : confirming === null ? (
        <OpenDecision
          decision={decision}
          frozen={frozen}
          earlier={earlier}
          identicalCount={identicalCount}
          isGrantOffered={grantOffer !== null && identicalCount === 0}
          token={token}
          now={now}
          notice={notice}
        />
      ) : (
        <ConfirmDecision decision={decision} answer={confirming} token={token} notice={notice} />
      )}
      <SeenByScript token={token} />
    </NarrowFrame>
  );
}
