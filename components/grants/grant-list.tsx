import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { grantPath } from "@/lib/domain/grants/grant-paths";
import { GRANT_ENDINGS, grantGivers, grantLimitsText } from "@/lib/domain/grants/grant-text";
import type { ListedGrant } from "@/lib/grants/list-grants";
import { GrantActions } from "./grant-actions";
import { GrantFacts } from "./grant-facts";
import { GrantLeft } from "./grant-left";
import { GrantStateBadge } from "./grant-state-badge";

/** Grants with what they allow, what is left of them, and the button that revokes them. */
export function GrantList({
  workspaceId,
  grants,
  canRevoke,
  reader,
}: {
  workspaceId: string;
  grants: readonly ListedGrant[];
  /** Any of them. Otherwise those that the reader gave. */
  canRevoke: boolean;
  /** Their email address. */
  reader: string;
}) {
  return (
    <ul className="divide-y divide-line">
      {grants.map((grant) => (
        <li
          className="relative grid gap-x-8 gap-y-3 px-4 py-3.5 transition-colors hover:bg-hover md:grid-cols-[minmax(0,1fr)_minmax(0,16rem)]"
          key={grant.id}
        >
          <div className="grid min-w-0 content-start gap-1">
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Link
                className="rounded-sm font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
                href={grantPath(workspaceId, grant.id)}
                prefetch={false}
              >
                <VisibleText text={grant.action.title} />
              </Link>
              <GrantStateBadge state={grant.state} quiet={grant.state !== "unconfirmed"} />
            </p>
            <p className="wrap-anywhere">{sentence(grantLimitsText(grant))}</p>
            <GrantFacts grant={grant} />
            <p className="text-xs text-muted wrap-anywhere">
              Approved in advance by {grantGivers(grant)} on <Instant at={grant.givenAt} format="minute" />
              {grant.endedAt === null || grant.endedReason === null ? null : (
                <>
                  . Ended on <Instant at={grant.endedAt} format="minute" />
                  {grant.endedBy === null ? `: ${GRANT_ENDINGS[grant.endedReason]}` : `, revoked by ${grant.endedBy}`}
                </>
              )}
            </p>
          </div>
          <div className="grid min-w-0 content-start gap-3">
            <GrantLeft grant={grant} />
            <GrantActions
              workspaceId={workspaceId}
              grant={grant}
              terms={grantLimitsText(grant)}
              canRevoke={canRevoke || isSamePerson(grant.givenBy, reader)}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
