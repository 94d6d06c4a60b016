"use client";

import { Plus } from "lucide-react";
import { usePathname } from "next/navigation";
import { Avatar } from "@/components/ui/avatar";
import { MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import type { WorkspaceChoice } from "@/lib/workspaces/list-workspace-choices";
import { sameSectionIn } from "./shell-links";

export function WorkspaceMenuItems({
  current,
  workspaces,
  onGo,
}: {
  current: WorkspaceChoice;
  workspaces: readonly WorkspaceChoice[];
  onGo: (() => void) | undefined;
}) {
  const pathname = usePathname();
  return (
    <>
      <MenuLabel>Workspaces</MenuLabel>
      {workspaces.map((workspace) => (
        <MenuItem
          icon={<Avatar name={workspace.name} isSquare />}
          key={workspace.id}
          href={sameSectionIn(workspace.id, pathname)}
          isCurrent={workspace.id === current.id}
          onSelect={onGo}
        >
          <span className="block max-w-60 truncate">{workspace.name}</span>
          <span className="block max-w-60 truncate text-xs text-muted">{workspace.clientName}</span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<Plus />} href="/workspaces/new" onSelect={onGo}>
        Create workspace
      </MenuItem>
    </>
  );
}
