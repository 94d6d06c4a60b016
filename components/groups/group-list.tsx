import { UsersRound } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { actionPath } from "@/lib/domain/policy/action-paths";
import type { ListedGroup } from "@/lib/groups/list-groups";
import { GroupActions } from "./group-actions";
import type { PossibleMember } from "./group-form";

/** The groups with their members and the actions that ask them. */
export function GroupList({
  workspaceId,
  groups,
  members,
  mayChange,
  needsAnotherPerson,
}: {
  workspaceId: string;
  groups: readonly ListedGroup[];
  members: readonly PossibleMember[];
  mayChange: boolean;
  needsAnotherPerson: boolean;
}) {
  if (groups.length === 0) {
    return (
      <EmptyState icon={UsersRound} title="No groups yet" level={3}>
        Create one for people who approve several actions together.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {groups.map((group) => (
        <li className="grid gap-2 px-4 py-3" key={group.id}>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="min-w-0 font-medium wrap-anywhere">{group.name}</h3>
            {mayChange ? (
              <GroupActions workspaceId={workspaceId} group={group} members={members} needsAnotherPerson={needsAnotherPerson} />
            ) : null}
          </div>
          <ul className="grid gap-0.5 text-sm">
            {group.members.map(({ email, name }) => (
              <li className="wrap-anywhere" key={email}>
                {name === null ? email : `${name} (${email})`}
              </li>
            ))}
            {group.members.length === 0 ? (
              <li className="text-warn">This group has no members, so its actions ask the workspace’s approvers. Add a member.</li>
            ) : null}
          </ul>
          <p className="text-xs wrap-anywhere text-muted">
            {group.actions.length === 0 ? "No actions use it." : "Asked by "}
            {group.actions.map((action, index) => (
              <span key={action.id}>
                {index === 0 ? null : ", "}
                <Link className="text-link hover:underline" href={actionPath(workspaceId, action)}>
                  {action.title}
                </Link>
              </span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
