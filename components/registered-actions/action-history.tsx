import { CirclePause, CirclePlay, FileCode2, FileX2, History, type LucideProps, Pencil, Plus, Undo2, Users, X } from "lucide-react";
import type { ComponentType } from "react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { ChangeList } from "@/components/policy-proposals/change-list";
import { Instant } from "@/components/ui/instant";
import { Tag } from "@/components/ui/tag";
import type { ActionHistoryEntry } from "@/lib/registered-actions/list-action-changes";
import { actionChangesShown } from "@/lib/words/shown-changes";

type Look = { icon: ComponentType<LucideProps>; verb: string };

const LOOKS: Record<ActionHistoryEntry["verb"], Look> = {
  "action.registered": { icon: Plus, verb: "registered the action" },
  "action.edited": { icon: Pencil, verb: "changed it" },
  "action.activated": { icon: CirclePlay, verb: "activated it" },
  "action.deactivated": { icon: CirclePause, verb: "deactivated it" },
  "action.managed": { icon: FileCode2, verb: "set it from" },
  "action.released": { icon: FileX2, verb: "ended its management by" },
  "proposal.made": { icon: Users, verb: "proposed a change" },
  "proposal.declined": { icon: X, verb: "declined a change" },
  "proposal.withdrawn": { icon: Undo2, verb: "withdrew their proposal" },
  "proposal.ended": { icon: X, verb: "ended a proposal" },
};

/** Who changed what, when, from what to what; the newest first. */
export function ActionHistory({ entries }: { entries: readonly ActionHistoryEntry[] }) {
  return (
    <ol className="px-4 py-3">
      {entries.map((entry) => {
        const { icon: Icon, verb } =
          entry.restoredVersion === null
            ? LOOKS[entry.verb]
            : { icon: History, verb: `restored the policy of version ${entry.restoredVersion}` };
        const isNewVersion = entry.verb === "action.registered" || entry.changes.some(({ field }) => POLICY_FIELDS.has(field));
        return (
          <li
            className="relative grid grid-cols-[24px_minmax(0,1fr)] gap-3 pb-4 last:pb-1 before:absolute before:top-6 before:bottom-0 before:left-[11.5px] before:w-px before:bg-line last:before:hidden"
            key={entry.id}
          >
            <span className="grid size-6 place-items-center rounded-full border border-line-strong bg-surface text-muted">
              <Icon className="size-3.5" strokeWidth={1.75} aria-hidden="true" />
            </span>
            <div className="min-w-0 pt-0.5">
              <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
                <span className="wrap-anywhere">
                  <strong className="font-medium">{entry.by}</strong> <span className="text-muted">{verb}</span>
                  {entry.file === null ? null : (
                    <>
                      {" "}
                      <code className="font-mono text-xs">{entry.file}</code>
                    </>
                  )}
                  {entry.proposedBy === null ? null : <span className="text-muted">, proposed by {entry.proposedBy}</span>}
                </span>
                {isNewVersion && entry.policyVersion !== null ? <Tag>v{entry.policyVersion}</Tag> : null}
                <span className="ml-auto text-xs text-subtle">
                  <Instant at={entry.at} format="short" />
                </span>
              </p>
              {entry.comment === null ? null : (
                <p className="mt-1 text-xs wrap-anywhere">
                  “<VisibleText text={entry.comment} />”
                </p>
              )}
              {entry.changes.length === 0 ? null : (
                <div className="mt-1 text-xs">
                  <ChangeList changes={actionChangesShown(entry.changes)} />
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

const POLICY_FIELDS = new Set<string>(["policy_type", "threshold", "currency", "amount_field", "currency_field", "rules"]);
