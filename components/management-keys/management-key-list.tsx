import { Ban, CircleCheck, KeyRound, UserX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ListedManagementKey } from "@/lib/management-keys/list-management-keys";
import { RevokeManagementKeyButton } from "./revoke-management-key-button";

const LOOKS = {
  active: { tone: "ok", icon: CircleCheck, label: "Active" },
  ownerless: { tone: "no", icon: UserX, label: "Not an owner’s" },
  revoked: { tone: "no", icon: Ban, label: "Revoked" },
} as const;

/** Those that work first; the others are kept, so that a change can be traced to its key. */
export function ManagementKeyList({ keys, workspaceId }: { keys: readonly ListedManagementKey[]; workspaceId: string }) {
  const [live, revoked] = [keys.filter(({ revokedAt }) => revokedAt === null), keys.filter(({ revokedAt }) => revokedAt !== null)];
  if (keys.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No management keys yet">
        Create one to keep policies in a git repository, or to manage this workspace from a program.
      </EmptyState>
    );
  }
  return (
    <>
      <ul>
        {live.map((key) => (
          <KeyRow item={key} workspaceId={workspaceId} key={key.id} />
        ))}
      </ul>
      {revoked.length === 0 ? null : (
        <details className="border-t border-line">
          <summary className="cursor-pointer px-4 py-2.5 text-xs text-muted hover:text-ink">
            {revoked.length === 1 ? "1 revoked management key" : `${revoked.length} revoked management keys`}
          </summary>
          <ul>
            {revoked.map((key) => (
              <KeyRow item={key} workspaceId={workspaceId} key={key.id} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function KeyRow({ item, workspaceId }: { item: ListedManagementKey; workspaceId: string }) {
  const { id, name, hint, scopes, createdBy, createdAt, lastUsedAt, revokedAt, isOwned } = item;
  const status = revokedAt !== null ? "revoked" : isOwned ? "active" : "ownerless";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 max-md:grid-cols-1">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={`font-medium wrap-anywhere ${status === "active" ? "" : "text-muted"}`}>{name}</span>
          <Badge {...LOOKS[status]} quiet />
        </div>
        <p className="mt-0.5 font-mono text-xs wrap-anywhere text-muted">{scopes.join(", ")}</p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-muted">
          <code className="font-mono">{hint}</code>
          <span>
            created <Instant at={createdAt} format="short" /> by <span className="wrap-anywhere">{createdBy}</span>
          </span>
          <span>
            {lastUsedAt === null ? (
              "never used"
            ) : (
              <>
                last used <RelativeTime at={lastUsedAt} />
              </>
            )}
          </span>
          {revokedAt === null ? null : (
            <span>
              revoked <Instant at={revokedAt} format="short" />
            </span>
          )}
          {status === "ownerless" ? <span className="text-wait">doesn’t work: {createdBy} is no longer an owner</span> : null}
        </p>
      </div>
      {revokedAt === null ? <RevokeManagementKeyButton workspaceId={workspaceId} id={id} name={name} hint={hint} /> : null}
    </li>
  );
}
