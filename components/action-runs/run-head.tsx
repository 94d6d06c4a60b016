import { Plus, ReceiptText, UserCheck } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Tag } from "@/components/ui/tag";
import type { RunView } from "@/lib/action-runs/show/run-view";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { ExecutionBadge } from "./execution-badge";
import { GovernanceBadge } from "./governance-badge";
import { registerHref } from "./register-href";
import { RiskMark } from "./risk-mark";
import { TextWarnings } from "./text-warnings";
import { VisibleText } from "./visible-text";

/** Statuses, the run in one sentence, and the next steps. */
export function RunHead({
  run,
  base,
  canDecide,
  actions,
  isRegistrable,
}: {
  run: RunView;
  base: string;
  canDecide: boolean;
  actions: ReactNode;
  /** The run's action isn't registered, and the reader may register it. */
  isRegistrable: boolean;
}) {
  const receipt = run.receipts.find(({ kind }) => kind === "decision");
  return (
    <header className="mb-4 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2">
      <div className="flex flex-wrap items-center gap-2 max-lg:col-span-2">
        <GovernanceBadge status={run.governanceStatus} reason={run.policy.finalReason} size="lg" />
        <ExecutionBadge status={run.execution} size="lg" />
        {run.isTest ? <Tag isAccent>Test</Tag> : null}
        {run.riskLevel === null ? null : (
          <span className="ml-1">
            <RiskMark level={run.riskLevel} />
          </span>
        )}
      </div>
      <div className="col-span-2 min-w-0">
        <h1 className="max-w-[72ch] text-xl tracking-title wrap-anywhere text-pretty">
          <Sentence run={run} />
        </h1>
        {run.sentence === null ? null : <TextWarnings text={run.sentence} />}
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
          <ActionName run={run} base={base} />
          <span className="text-subtle max-sm:hidden" aria-hidden="true">
            ·
          </span>
          <span>
            proposed <Instant at={run.createdAt} format="full" />
          </span>
          <span className="text-subtle max-sm:hidden" aria-hidden="true">
            ·
          </span>
          <span className="inline-flex items-center gap-0.5">
            <code className="font-mono text-xs wrap-anywhere">{run.id}</code>
            <CopyButton text={run.id} label="Copy the run ID" />
          </span>
        </p>
      </div>
      {/* Beside the badges, where they leave the sentence its width; on narrow screens after it. */}
      <div className="flex min-w-0 flex-wrap gap-2 empty:hidden max-lg:col-span-2 max-lg:mt-1 lg:col-start-2 lg:row-start-1 lg:min-h-9 lg:items-center lg:justify-end">
        {run.governanceStatus !== "pending_approval" ? null : (
          <ButtonLink href={`/approvals?run=${run.id}`} variant={canDecide ? "primary" : "plain"} icon={<UserCheck />}>
            {canDecide ? "Decide" : "View in Approvals"}
          </ButtonLink>
        )}
        {!isRegistrable ? null : (
          <ButtonLink className="max-w-full" href={registerHref(base, run.id)} variant="primary" icon={<Plus />}>
            <span className="min-w-0 truncate" title={run.actionName}>
              Register {run.actionName}
            </span>
          </ButtonLink>
        )}
        {actions}
        {receipt === undefined ? null : (
          <ButtonLink href={`${base}/receipts/${receipt.id}`} icon={<ReceiptText />}>
            Open receipt
          </ButtonLink>
        )}
      </div>
    </header>
  );
}

function Sentence({ run }: { run: RunView }) {
  if (run.sentence === null)
    return (
      <>
        A run of <VisibleText text={run.actionTitle ?? run.actionName} />, whose payload was erased
      </>
    );
  const isOpen = run.governanceStatus === "pending_approval" || run.execution === "awaiting_execution_report";
  return (
    <>
      {run.actor === null ? "The agent" : <VisibleText text={run.actor} />} {isOpen ? "wants" : "wanted"} to{" "}
      <VisibleText text={keptTogether(run.sentence, run.amount)} />
    </>
  );
}

/** Never breaks between amount and currency. */
function keptTogether(sentence: string, amount: RunView["amount"]): string {
  if (!amount?.currency) return sentence;
  const number = formatAmount(amount.decimal);
  return sentence.replace(`${number} ${amount.currency}`, () => `${number}\u00a0${amount.currency}`);
}

function ActionName({ run, base }: { run: RunView; base: string }) {
  const name = <code className="font-mono text-xs wrap-anywhere">{run.actionName}</code>;
  if (run.actionId === null) return <span>{name} (not registered)</span>;
  return (
    <Link
      className="rounded-sm hover:text-ink hover:underline"
      href={`${base}/actions/${run.actionName}`}
      title={run.actionTitle ?? undefined}
    >
      {name}
    </Link>
  );
}
