import { Braces, CircleDashed, ShieldX } from "lucide-react";
import type { ReactNode } from "react";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Badge } from "@/components/ui/badge";
import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import type { DecisionPreview } from "@/lib/domain/policy/preview-decision";
import type { ApprovalStage } from "@/lib/domain/runs/approvals";
import { wouldBeAsked } from "@/lib/words/approvals-messages";

const GROUND: Record<PolicyOutcome, string> = { allowed: "bg-ok-soft", pending_approval: "bg-wait-soft", blocked: "bg-stop-soft" };

/** Who would be asked, by which rules ask. */
export type StagesOf = (asking: readonly (string | null)[]) => readonly ApprovalStage[];

/** The console's decision about the sample, and why. */
export function PreviewVerdict({ preview, rule, stagesOf }: { preview: DecisionPreview; rule: PolicyRule | null; stagesOf: StagesOf }) {
  switch (preview.kind) {
    case "empty":
      return (
        <Verdict badge={<Badge tone="no" icon={CircleDashed} label="Nothing to decide" size="lg" />}>
          <p className="text-muted">Paste what your app would send as the payload.</p>
        </Verdict>
      );
    case "no_json":
      return (
        <Verdict
          badge={<Badge tone="no" icon={Braces} label="Not JSON yet" size="lg" />}
          raw={`line ${preview.error.line}, column ${preview.error.column}`}
        >
          <p>{preview.error.message}</p>
        </Verdict>
      );
    case "refused":
      return (
        <Verdict ground="bg-stop-soft" badge={<Badge tone="stop" icon={ShieldX} label="Refused" size="lg" />} raw={preview.code}>
          <p>
            <VisibleText text={preview.detail} />
          </p>
          <p className="text-xs text-muted">The API responds with this error and records nothing.</p>
        </Verdict>
      );
    case "decided":
      if (rule === null) {
        return (
          <Verdict badge={<Badge tone="no" icon={CircleDashed} label="No policy yet" size="lg" />}>
            <p className="text-muted">Complete the policy to see what it decides. One of its fields is empty or isn’t valid.</p>
          </Verdict>
        );
      }
      return <Decided {...preview} stagesOf={stagesOf} />;
  }
}

function Decided({ result, explanation, stagesOf }: Extract<DecisionPreview, { kind: "decided" }> & { stagesOf: StagesOf }) {
  return (
    <Verdict
      ground={GROUND[result.outcome]}
      badge={<GovernanceBadge status={result.outcome} size="lg" />}
      raw={`executable: ${String(result.outcome === "allowed")}`}
    >
      <div>
        <VisibleText text={explanation.sentence} />
        <TextWarnings text={explanation.sentence} />
      </div>
      {result.outcome === "pending_approval" ? (
        <p className="text-muted wrap-anywhere">{wouldBeAsked(stagesOf(result.asking ?? []))}</p>
      ) : null}
      <code className="font-mono text-xs wrap-anywhere text-muted">{result.reason}</code>
    </Verdict>
  );
}

function Verdict({ badge, raw, ground = "", children }: { badge: ReactNode; raw?: string; ground?: string; children: ReactNode }) {
  return (
    <div className={`grid min-h-[116px] content-start gap-2 border-y border-line px-4 py-3.5 ${ground}`} role="status">
      <div className="flex flex-wrap items-center justify-between gap-2">
        {badge}
        {raw === undefined ? null : <code className="font-mono text-xs text-muted">{raw}</code>}
      </div>
      {children}
    </div>
  );
}
