import { Ban, CircleCheck, Clock, KeyRound } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { RelativeTime } from "@/components/ui/relative-time";
import { Tag } from "@/components/ui/tag";
import type { ListedApiKey } from "@/lib/api-keys/list-api-keys";
import { KeyActions } from "./key-actions";
import { type KeyStatus, keyStatus } from "./key-status";

const LOOKS = {
  active: { tone: "ok", icon: CircleCheck, label: "Active" },
  ending: { tone: "wait", icon: Clock, label: "Ending" },
  expired: { tone: "no", icon: Clock, label: "Expired" },
  revoked: { tone: "no", icon: Ban, label: "Revoked" },
} as const satisfies Record<KeyStatus, object>;

type StatedKey = ListedApiKey & { status: KeyStatus };

/** The keys that work come first; those that ended are kept, so that a run can be traced to its key. */
export function KeyList({ keys, workspaceId, now }: { keys: readonly ListedApiKey[]; workspaceId: string; now: Date }) {
  const listed = keys.map((key): StatedKey => ({ ...key, status: keyStatus(key, now) }));
  const live = listed.filter(isLive);
  const ended = listed.filter((key) => !isLive(key));
  if (listed.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No keys yet">
        An app needs two: an API key and the workspace key.
      </EmptyState>
    );
  }
  return (
    <>
      <ul>
        {live.map((key) => (
          <KeyRow key={key.id} item={key} workspaceId={workspaceId} isLast={live.filter(({ kind }) => kind === key.kind).length === 1} />
        ))}
      </ul>
      {ended.length === 0 ? null : (
        <details className="border-t border-line">
          <summary className="cursor-pointer px-4 py-2.5 text-xs text-muted hover:text-ink">
            {ended.length === 1 ? "1 revoked or expired key" : `${ended.length} revoked or expired keys`}
          </summary>
          <ul>
            {ended.map((key) => (
              <KeyRow key={key.id} item={key} workspaceId={workspaceId} isLast={false} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function isLive({ status }: StatedKey): boolean {
  return status === "active" || status === "ending";
}

function KeyRow({ item, workspaceId, isLast }: { item: StatedKey; workspaceId: string; isLast: boolean }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 max-md:grid-cols-1">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={`font-medium wrap-anywhere ${isLive(item) ? "" : "text-muted"}`}>{item.name}</span>
          <Tag>{item.kind === "api" ? "API key" : "workspace key"}</Tag>
          <Badge {...LOOKS[item.status]} quiet />
        </div>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-muted">
          <code className="font-mono">{item.hint}</code>
          <span>
            created <Instant at={item.createdAt} format="short" /> by <span className="wrap-anywhere">{item.createdBy}</span>
          </span>
          <span>
            {item.lastUsedAt === null ? (
              "never used"
            ) : (
              <>
                last used <RelativeTime at={item.lastUsedAt} />
              </>
            )}
          </span>
          {item.status === "ending" && item.expiresAt ? (
            <span className="text-wait">
              works until <Instant at={item.expiresAt} />
            </span>
          ) : null}
          {item.revokedAt ? (
            <span>
              revoked <Instant at={item.revokedAt} format="short" />
            </span>
          ) : null}
        </p>
      </div>
      {isLive(item) ? (
        <KeyActions
          workspaceId={workspaceId}
          apiKey={{ id: item.id, name: item.name, kind: item.kind, hint: item.hint, canRotate: item.status === "active" }}
          isLast={isLast}
        />
      ) : null}
    </li>
  );
}
