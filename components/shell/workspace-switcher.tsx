"use client";

import { ChevronsUpDown } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import { Menu } from "@/components/ui/menu";
import type { WorkspaceChoice } from "@/lib/workspaces/list-workspace-choices";
import { ON_RAIL_HIDDEN } from "./nav-link";

const lateItems = lateModule(() => import("./workspace-menu-items").then((loaded) => loaded.WorkspaceMenuItems));

/** Selects the workspace for the pages below. */
export function WorkspaceSwitcher({
  current,
  workspaces,
  onGo,
}: {
  current: WorkspaceChoice;
  workspaces: readonly WorkspaceChoice[];
  onGo?: () => void;
}) {
  return (
    <Menu
      align="start"
      label="Workspaces"
      content={lateItems}
      trigger={
        <button
          className="flex w-full cursor-pointer items-center gap-2.5 rounded-lg border border-line bg-surface px-2 py-1.5 text-left shadow-control transition-colors hover:border-line-strong md:max-xl:mt-3 md:max-xl:justify-center md:max-xl:px-1 md:max-xl:py-[5px]"
          type="button"
        >
          <span className="sr-only">Switch workspace. Current: </span>
          <Avatar name={current.name} size="lg" isSquare />
          <span className={`min-w-0 flex-1 ${ON_RAIL_HIDDEN}`}>
            <span className="block truncate leading-4 font-medium">{current.name}</span>
            <span className="block truncate text-xs text-muted">{current.clientName}</span>
          </span>
          <ChevronsUpDown className="size-3.5 flex-none md:max-xl:hidden" strokeWidth={2} aria-hidden="true" />
        </button>
      }
    >
      <Late of={lateItems} props={{ current, workspaces, onGo }} />
    </Menu>
  );
}
