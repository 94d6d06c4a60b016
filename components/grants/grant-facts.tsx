import { VisibleText } from "@/components/action-runs/visible-text";
import { factNoun } from "@/lib/domain/grants/grant-text";
import type { ListedGrant } from "@/lib/grants/list-grants";

/** What must be the same, with its values: the agent's, so shown as text. */
export function GrantFacts({ grant: { facts, factNames } }: { grant: Pick<ListedGrant, "facts" | "factNames"> }) {
  if (facts === null) return <p className="text-muted">The same {factNames.map(factNoun).join(", ")}. The values were erased.</p>;
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-0.5">
      {facts.map(({ name, value }) => (
        <div className="flex min-w-0 gap-1.5" key={name}>
          <dt className="flex-none text-muted">{factNoun(name)}</dt>
          <dd className="min-w-0 wrap-anywhere">
            <VisibleText text={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
