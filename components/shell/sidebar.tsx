"use client";

import { Plus } from "lucide-react";
import { usePathname } from "next/navigation";
import { currentLink } from "@/components/ui/current-link";
import { Link } from "@/components/ui/link";
import { Logo } from "@/components/ui/logo";
import type { WorkspaceChoice } from "@/lib/workspaces/list-workspace-choices";
import { AccountMenu, type ShellUser } from "./account-menu";
import { NavLink, ON_RAIL_HIDDEN, WaitingCount } from "./nav-link";
import { ADMIN, APPROVALS, DOCS, HOME, workspaceLinks } from "./shell-links";
import { WorkspaceSwitcher } from "./workspace-switcher";

export interface SidebarProps {
  user: ShellUser & { isOperator: boolean };
  workspaces: readonly WorkspaceChoice[];
  current: WorkspaceChoice | null;
  waitingCount: number;
}

/** What waits for the person first, then the workspace, and rarely needed links at the bottom. */
export function Sidebar({ user, workspaces, current, waitingCount, onGo }: SidebarProps & { onGo?: () => void }) {
  const pathname = usePathname();
  const inWorkspace = current === null ? [] : workspaceLinks(current.id, current.role);
  const currentHref = currentLink([HOME, APPROVALS, DOCS, ADMIN, ...inWorkspace], pathname);
  return (
    <>
      <Link
        className="mb-2 flex h-8 items-center gap-2 rounded-md px-2 font-semibold tracking-title text-ink md:max-xl:justify-center"
        href={HOME.href}
      >
        <Logo />
        <span className={ON_RAIL_HIDDEN}>DAAI Console</span>
      </Link>
      <nav aria-label="Everywhere">
        <ul className="grid gap-px">
          <NavLink link={HOME} isCurrent={currentHref === HOME.href} />
          <NavLink link={APPROVALS} isCurrent={currentHref === APPROVALS.href} end={<WaitingCount count={waitingCount} />} />
        </ul>
      </nav>
      {current === null ? (
        <ul className="mt-4">
          <NavLink link={{ href: "/workspaces/new", label: "Create workspace", icon: Plus }} isCurrent={pathname === "/workspaces/new"} />
        </ul>
      ) : (
        <>
          <p className="mt-4 mb-1 px-2 text-xs font-medium text-subtle md:max-xl:hidden">Workspace</p>
          <WorkspaceSwitcher current={current} workspaces={workspaces} onGo={onGo} />
          <nav className="mt-1.5" aria-label="Workspace">
            <ul className="grid gap-px">
              {inWorkspace.map((link) => (
                <NavLink key={link.href} link={link} isCurrent={currentHref === link.href} />
              ))}
            </ul>
          </nav>
        </>
      )}
      <div className="mt-auto pt-4">
        <nav aria-label="Help">
          <ul className="grid gap-px">
            <NavLink link={DOCS} isCurrent={currentHref === DOCS.href} />
            {user.isOperator ? <NavLink link={ADMIN} isCurrent={currentHref === ADMIN.href} /> : null}
          </ul>
        </nav>
        <AccountMenu user={user} onGo={onGo} />
      </div>
    </>
  );
}
