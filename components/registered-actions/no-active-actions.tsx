import { CirclePause } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { actionsPath } from "@/lib/domain/policy/action-paths";

export function NoActiveActions({ workspaceId, inactiveCount }: { workspaceId: string; inactiveCount: number }) {
  return (
    <EmptyState
      icon={CirclePause}
      title="No active actions"
      action={<ButtonLink href={`${actionsPath(workspaceId)}?show=all`}>Show all {inactiveCount}</ButtonLink>}
    >
      Every proposal is blocked until an action is active.
    </EmptyState>
  );
}
