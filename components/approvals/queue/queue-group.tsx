import { VisibleText } from "@/components/action-runs/visible-text";
import { Button } from "@/components/ui/button";
import type { WaitingQueue, WaitingRun } from "@/lib/approvals/waiting-run";
import { visibleText } from "@/lib/domain/text/hidden-characters";

const COUNT = new Intl.NumberFormat("en");

/** Whether a row is the first of its action. */
export function startsGroup(run: WaitingRun, before: WaitingRun | undefined): boolean {
  return before === undefined || before.actionName !== run.actionName || before.workspaceId !== run.workspaceId;
}

/** The heading of one action's rows: their total count, and a checkbox that selects those shown. */
export function QueueGroup({
  run,
  groups,
  showsWorkspace,
  onSelect,
}: {
  run: WaitingRun;
  groups: WaitingQueue["groups"];
  showsWorkspace: boolean;
  onSelect: () => void;
}) {
  const count = groups.find(({ workspaceId, actionName }) => workspaceId === run.workspaceId && actionName === run.actionName)?.count ?? 0;
  return (
    <li className="sticky top-0 z-1 flex items-center gap-2 border-b border-line bg-inset py-1 pr-2 pl-4">
      <h3 className="min-w-0 flex-1 truncate text-xs font-medium" title={visibleText(run.actionTitle)}>
        <VisibleText text={run.actionTitle} />
        {showsWorkspace ? <span className="font-normal text-muted"> · {run.workspaceName}</span> : null}
      </h3>
      <span className="text-xs text-muted tabular-nums">{COUNT.format(count)}</span>
      <Button size="sm" variant="ghost" aria-label={`Select the shown requests of ${run.actionTitle}`} onClick={onSelect}>
        Select
      </Button>
    </li>
  );
}
