import type { ReactNode } from "react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ActiveFreeze } from "@/lib/freezes/list-freezes";
import { frozenThing } from "@/lib/words/freeze-words";
import { stillRunning } from "./freeze-labels";

/** What is frozen, why, and what may still be running. `action` thaws it, or says who can. */
export function ActiveFreezeCard({ freeze, action }: { freeze: ActiveFreeze; action: ReactNode }) {
  const { id, reason, frozenBy, frozenAt, claims, claimCount } = freeze;
  return (
    <Card aria-labelledby={id}>
      <CardHeader title={<VisibleText text={`${frozenThing(freeze)} is frozen`} />} id={id} />
      <CardBody className="grid gap-4 p-4">
        <div>
          <p className="max-w-[72ch] text-md wrap-anywhere">
            <VisibleText text={reason} />
          </p>
          <p className="mt-1 text-muted wrap-anywhere">
            Frozen by {frozenBy} on <Instant at={frozenAt} />
          </p>
        </div>
        <div>
          <h3 className="font-medium">{stillRunning(claimCount)}</h3>
          {claims.length === 0 ? null : (
            <ul className="mt-1.5 divide-y divide-line rounded-md border border-line">
              {claims.map((claim) => (
                <li className="px-3 py-2" key={claim.runId}>
                  <Link
                    className="font-medium text-link wrap-anywhere"
                    href={`/workspaces/${claim.workspaceId}/runs/${claim.runId}`}
                    prefetch={false}
                  >
                    <VisibleText text={claim.sentence} />
                  </Link>
                  <p className="text-xs text-muted wrap-anywhere">
                    Claimed by worker <VisibleText text={claim.worker} /> <RelativeTime at={claim.claimedAt} />
                    {claim.state === "in_doubt" ? ". In doubt: the claim expired without a report" : ""}
                  </p>
                </li>
              ))}
            </ul>
          )}
          {claimCount > claims.length ? <p className="mt-1.5 text-xs text-muted">Only the newest {claims.length} are shown.</p> : null}
        </div>
        {action}
      </CardBody>
    </Card>
  );
}
