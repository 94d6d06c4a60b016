import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import type { JsonObject } from "@/lib/domain/json-value";
import { readsAmount } from "@/lib/domain/policy/policy-types";
import type { Trial } from "@/lib/registered-actions/try-sample";

/** What the same policy says to payloads that people get wrong; pressing one tries it. */
export function OtherSamples({ type, samples, onPick }: { type: string; samples: Trial["others"]; onPick: (payload: JsonObject) => void }) {
  if (samples.length === 0) return null;
  return (
    <div className="border-t border-line px-2 pt-3 pb-2">
      <h3 className="px-2 pb-1 text-xs font-normal text-muted">
        What the same policy decides for {readsAmount(type) ? "other amounts" : "other payloads"}
      </h3>
      <ul>
        {samples.map(({ value, label, payload, outcome }) => (
          <li className="border-t border-line first:border-0" key={label}>
            <button
              className="flex min-h-8 w-full cursor-pointer items-center justify-between gap-3 rounded-md px-2 text-left hover:bg-hover focus-visible:-outline-offset-2 max-md:min-h-11"
              type="button"
              onClick={() => onPick(payload)}
            >
              <span className="min-w-0 truncate">
                {value === null ? null : <code className="mr-2 font-mono text-xs">{value}</code>}
                <span className="text-xs text-muted">{label}</span>
              </span>
              <GovernanceBadge status={outcome} quiet />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
