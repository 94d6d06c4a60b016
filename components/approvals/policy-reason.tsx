import { PayloadList } from "@/components/action-runs/payload-list";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Disclosure } from "@/components/ui/disclosure";
import { policyRows } from "@/lib/domain/policy/payload-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

export function PolicyReason({ decision }: { decision: DecisionView }) {
  return (
    <Disclosure title="Why your approval is needed" isOpen>
      <PolicyFields decision={decision} />
    </Disclosure>
  );
}

/** The fields the policy used, as they were sent, and a sentence that explains why approval is needed. */
export function PolicyFields({ decision }: { decision: DecisionView }) {
  const { policy, action } = decision;
  const rows = policyRows(policy.fields);
  return (
    <>
      {rows.length === 0 ? null : <PayloadList rows={rows} />}
      <div className={`px-4 pt-2.5 pb-3.5 text-sm text-muted ${rows.length === 0 ? "" : "border-t border-line"}`}>
        <p>
          <span className="text-ink">
            <VisibleText text={policy.explanation} />
          </span>{" "}
          Policy version {policy.version} of <code className="font-mono text-xs wrap-anywhere">{action.name}</code>.
        </p>
        <TextWarnings text={policy.explanation} />
      </div>
    </>
  );
}
