import { Ban, CircleCheck, Clock } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import type { ListedShare } from "@/lib/receipts/sharing/list-shares";
import { RevokeShareButton } from "./revoke-share-button";

const LOOKS = {
  open: { tone: "ok", icon: CircleCheck, label: "Active" },
  expired: { tone: "no", icon: Clock, label: "Expired" },
  revoked: { tone: "no", icon: Ban, label: "Revoked" },
} as const satisfies Record<ListedShare["state"], object>;

/** The links to a receipt, for those who may revoke them. */
export function ShareList({ shares, workspaceId }: { shares: readonly ListedShare[]; workspaceId: string }) {
  if (shares.length === 0) return null;
  return (
    <Card className="mt-8 print:hidden" aria-labelledby="shared-links">
      <CardHeader title="Links to this receipt" id="shared-links" />
      <ul>
        {shares.map((share) => (
          <ShareRow key={share.id} share={share} workspaceId={workspaceId} />
        ))}
      </ul>
    </Card>
  );
}

function ShareRow({ share, workspaceId }: { share: ListedShare; workspaceId: string }) {
  const { id, state, disclosesPayload, createdBy, createdAt, expiresAt, revokedAt, openCount, lastOpenedAt } = share;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 first:border-t-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className={`font-medium ${state === "open" ? "" : "text-muted"}`}>
            {disclosesPayload ? "With the payload" : "Without the payload"}
          </span>
          <Badge {...LOOKS[state]} quiet />
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-muted">
          <span>
            created <Instant at={createdAt} format="short" /> by <span className="wrap-anywhere">{createdBy}</span>
          </span>
          <span>
            {lastOpenedAt === null ? (
              "never opened"
            ) : (
              <>
                {openedText(openCount)}, last in the hour from <Instant at={lastOpenedAt} format="short" />
              </>
            )}
          </span>
          {revokedAt !== null ? (
            <span>
              revoked <Instant at={revokedAt} format="short" />
            </span>
          ) : expiresAt === null ? null : (
            <span>
              {state === "open" ? "expires" : "expired"} <Instant at={expiresAt} />
            </span>
          )}
        </p>
      </div>
      {state === "open" ? <RevokeShareButton workspaceId={workspaceId} shareId={id} /> : null}
    </li>
  );
}

/** Openings within an hour count once. */
function openedText(count: number): string {
  return count === 1 ? "opened once" : `opened in ${count} different hours`;
}
