import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { RunView } from "@/lib/action-runs/show/run-view";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import { ApprovalsProgress } from "./approvals-progress";
import { EarlierRunsList, hasHistory } from "./earlier-runs-list";
import { MailsCard } from "./mails-card";
import { ReceiptsCard } from "./receipts-card";
import { RunFact, RunFacts } from "./run-facts";
import { VisibleText } from "./visible-text";

/** The facts about a run besides its timeline. */
export function RunSide({
  run,
  earlier,
  base,
  reader,
  isOperator,
  budgets,
}: {
  run: RunView;
  earlier: EarlierRuns;
  base: string;
  /** Their email address. */
  reader: string;
  /** They can read the emails that the console stored instead of sending. */
  isOperator: boolean;
  /** The cards of its grant, of the budgets that counted it and of its shadow policy. */
  budgets: ReactNode;
}) {
  return (
    <>
      <PolicyCard run={run} base={base} />
      {run.approvals === null ? null : (
        <Card aria-labelledby="approvals">
          <CardHeader title="Approvals" id="approvals" />
          <div className="px-4 py-3">
            <ApprovalsProgress
              approvals={run.approvals}
              waitingFor={run.governanceStatus === "pending_approval" ? run.policy.asked.map(({ email }) => email) : []}
              reader={reader}
            />
          </div>
        </Card>
      )}
      {budgets}
      {hasHistory(earlier) ? (
        <Card aria-labelledby="history">
          <CardHeader title="Recent history" id="history" />
          <div className="px-4 py-3">
            <EarlierRunsList history={{ ...run, earlier, actionTitle: run.actionTitle ?? run.actionName }} runsPath={`${base}/runs`} />
          </div>
        </Card>
      ) : null}
      {run.mails.length === 0 ? null : <MailsCard mails={run.mails} isOperator={isOperator} />}
      {run.receipts.length === 0 ? null : <ReceiptsCard run={run} base={base} />}
      <DetailsCard run={run} base={base} />
    </>
  );
}

const POLICY_TITLES = { asked: "Why approval was required", allowed: "Why it was allowed", blocked: "Why it was blocked" } as const;

function PolicyCard({ run, base }: { run: RunView; base: string }) {
  const { policy, actionId, actionName } = run;
  return (
    <Card aria-labelledby="why">
      <CardHeader title={POLICY_TITLES[policy.outcome]} id="why" />
      <div className="grid gap-2 px-4 py-3">
        <p className="wrap-anywhere">
          {policy.why === null ? "The values the policy read were erased with the payload." : <VisibleText text={policy.why} />}
        </p>
        {policy.asked.length === 0 ? null : <AskedPeople asked={policy.asked} />}
        <p className="text-xs text-muted">
          <code className="font-mono wrap-anywhere">{policy.reason}</code>
          {policy.rule === null ? null : `, rule “${policy.rule}”`}
        </p>
        {policy.version === null || actionId === null ? null : (
          <p>
            <Link className="text-link hover:underline" href={`${base}/actions/${actionName}`}>
              Policy version {policy.version}
            </Link>{" "}
            <span className="text-muted wrap-anywhere">
              of <code className="font-mono text-xs wrap-anywhere">{actionName}</code>
              {policy.by === null ? "" : `, by ${policy.by}`}
            </span>
          </p>
        )}
      </div>
    </Card>
  );
}

function AskedPeople({ asked }: { asked: RunView["policy"]["asked"] }) {
  return (
    <ul className="grid gap-0.5 text-muted" aria-label="Approvers">
      {asked.map(({ email, standsInFor, takenOverFrom, isEscalation }) => (
        <li className="wrap-anywhere" key={email}>
          Asked: {email}
          {takenOverFrom === null ? "" : `, reassigned from ${takenOverFrom}`}
          {isEscalation ? ", because nobody had decided" : ""}
          {standsInFor === null ? null : (
            <>
              , on behalf of {standsInFor.email}, who is out of office until <Instant at={standsInFor.until} format="short" />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function DetailsCard({ run, base }: { run: RunView; base: string }) {
  return (
    <Card aria-labelledby="details">
      <CardHeader title="Details" id="details" />
      <RunFacts>
        <RunFact label="Executable">{run.executable}</RunFact>
        <RunFact label="Reason" isMono>
          {run.policy.finalReason}
        </RunFact>
        {run.claim === null ? null : (
          <RunFact label="Worker" isMono>
            <VisibleText text={run.claim.worker} />
          </RunFact>
        )}
        {run.claim?.until ? (
          <RunFact label="Claimed until">
            <Instant at={run.claim.until} format="short" />
          </RunFact>
        ) : null}
        <RunFact label="Idempotency key" isMono>
          {run.idempotencyKey === null ? (
            <span className="font-sans text-sm text-muted">none</span>
          ) : (
            <VisibleText text={run.idempotencyKey} />
          )}
        </RunFact>
        {run.attempt === 1 && run.nextRunId === null ? null : (
          <RunFact label="Attempt">
            {run.attempt}
            {run.previous === null ? null : <AttemptLink href={`${base}/runs/${run.previous.runId}`}>Previous</AttemptLink>}
            {run.nextRunId === null ? null : <AttemptLink href={`${base}/runs/${run.nextRunId}`}>Next</AttemptLink>}
          </RunFact>
        )}
        <RunFact label="API key">
          {run.apiKey.name} {run.isTest ? null : <code className="font-mono text-xs text-muted">{run.apiKey.hint}</code>}
        </RunFact>
        <RunFact label="Payload hash" isMono>
          <span className="flex items-start gap-1">
            <span className="min-w-0 break-all">{run.payloadHash}</span>
            <CopyButton text={run.payloadHash} label="Copy the payload hash" />
          </span>
        </RunFact>
      </RunFacts>
    </Card>
  );
}

function AttemptLink({ href, children }: { href: string; children: string }) {
  return (
    <>
      {" · "}
      <Link className="rounded-sm text-link hover:underline" href={href}>
        {children}
      </Link>
    </>
  );
}
