import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { RunView } from "@/lib/action-runs/show/run-view";
import { grantPath } from "@/lib/domain/grants/grant-paths";
import { factNoun, grantGivers, grantLimitsText } from "@/lib/domain/grants/grant-text";

/** On a run's page: the standing grant that allowed it, or that its approval gave. */
export function RunGrantCard({ run }: { run: RunView }) {
  const { grant, givenGrantId, workspaceId } = run;
  const id = grant?.grantId ?? givenGrantId;
  if (id === null) return null;
  return (
    <Card aria-labelledby="grant">
      <CardHeader title="Standing grant" id="grant" />
      <div className="grid gap-1.5 px-4 py-3">
        {grant === null ? (
          <p>Its approval also allows the same again, within limits.</p>
        ) : (
          <>
            <p className="wrap-anywhere">
              Run {grant.usesBefore + 1} of {grant.maxUses}, approved in advance by {grantGivers(grant)}.
            </p>
            <p className="text-muted wrap-anywhere">
              The same {grant.facts.map(factNoun).join(", ")}: {grantLimitsText(grant)}.
            </p>
          </>
        )}
        <p>
          <Link className="text-link hover:underline" href={grantPath(workspaceId, id)}>
            Open grant
          </Link>
        </p>
      </div>
    </Card>
  );
}
