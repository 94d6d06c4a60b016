import { Users } from "lucide-react";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { actionPath } from "@/lib/domain/policy/action-paths";
import type { ActionRow } from "@/lib/registered-actions/list-action-rows";
import { ActiveMark } from "./active-mark";
import { RecentRuns } from "./recent-runs";

const HEAD = "h-8 bg-inset px-3 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4";
const CELL = "border-t border-line px-3 py-2.5 align-top first:pl-4 last:pr-4";

/** The workspace's actions; on a phone each is a block of three lines. */
export function ActionsTable({ workspaceId, actions }: { workspaceId: string; actions: readonly ActionRow[] }) {
  return (
    <>
      <table className="w-full border-separate border-spacing-0 max-md:hidden">
        <thead>
          <tr>
            <th className={`${HEAD} rounded-tl-lg`} scope="col">
              Action
            </th>
            <th className={HEAD} scope="col">
              Risk
            </th>
            <th className={HEAD} scope="col">
              Policy
            </th>
            <th className={`${HEAD} max-lg:hidden`} scope="col">
              Approvers
            </th>
            <th className={`${HEAD} text-right`} scope="col">
              Runs, 30 days
            </th>
            <th className={`${HEAD} max-lg:hidden`} scope="col">
              Last run
            </th>
            <th className={`${HEAD} rounded-tr-lg`} scope="col">
              Status
            </th>
          </tr>
        </thead>
        <tbody>
          {actions.map((action) => (
            <tr className="group/row relative transition-colors hover:bg-hover" key={action.id}>
              <td className={CELL}>
                <ActionLink workspaceId={workspaceId} action={action} />
              </td>
              <td className={CELL}>
                <RiskMark level={action.riskLevel} />
              </td>
              <td className={CELL}>
                {action.policy} <span className="text-xs whitespace-nowrap text-subtle">v{action.policyVersion}</span>
              </td>
              <td className={`${CELL} max-w-56 max-lg:hidden`}>
                <Approvers action={action} />
              </td>
              <td className={`${CELL} text-right tabular-nums`}>
                <RecentRuns count={action.recentRuns} />
              </td>
              <td className={`${CELL} text-muted max-lg:hidden`}>
                {action.lastRunAt === null ? "never" : <RelativeTime at={action.lastRunAt} />}
              </td>
              <td className={CELL}>
                <ActiveMark isActive={action.isActive} />
                <ProposalMark action={action} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="md:hidden">
        {actions.map((action) => (
          <li className="relative grid gap-1.5 border-t border-line px-4 py-3 first:border-0 active:bg-hover" key={action.id}>
            <div className="flex items-start justify-between gap-3">
              <ActionLink workspaceId={workspaceId} action={action} />
              <ActiveMark isActive={action.isActive} />
            </div>
            <ProposalMark action={action} />
            <p>{action.policy}</p>
            <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-xs text-muted">
              <RiskMark level={action.riskLevel} />
              <span>
                <RecentRuns count={action.recentRuns} /> {action.recentRuns === 1 ? "run" : "runs"} in 30 days
              </span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function ProposalMark({ action: { hasProposal } }: { action: ActionRow }) {
  return hasProposal ? (
    <span className="block">
      <Badge tone="wait" icon={Users} label="Change proposed" quiet />
    </span>
  ) : null;
}

/** The whole row leads to the action. */
function ActionLink({ workspaceId, action }: { workspaceId: string; action: ActionRow }) {
  return (
    <Link
      className="block min-w-0 rounded-sm font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      href={actionPath(workspaceId, action)}
    >
      <span className="wrap-anywhere">{action.title}</span>
      <code className="block font-mono text-xs font-normal wrap-anywhere text-muted">{action.name}</code>
    </Link>
  );
}

function Approvers({ action: { approverEmails, isRoutedByAction } }: { action: ActionRow }) {
  const [first, ...rest] = approverEmails;
  if (first === undefined) return <span className="text-subtle">nobody</span>;
  return (
    <span className="flex min-w-0 flex-wrap gap-x-1" title={approverEmails.join(", ")}>
      <span className={`min-w-0 truncate ${isRoutedByAction ? "" : "text-muted"}`}>{first}</span>
      {rest.length === 0 ? null : <span className="text-xs text-subtle">and {rest.length} more</span>}
    </span>
  );
}
