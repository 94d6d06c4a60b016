import {
  BookOpen,
  ChartNoAxesColumn,
  Gauge,
  History,
  House,
  Inbox,
  List,
  ListChecks,
  type LucideIcon,
  ReceiptText,
  Repeat,
  Settings2,
  Shield,
  Snowflake,
  UserRound,
  Users,
  Zap,
} from "lucide-react";
import { isPermitted } from "@/lib/domain/access/permissions";
import type { Role } from "@/lib/domain/access/roles";

export interface ShellLink {
  href: string;
  label: string;
  icon: LucideIcon;
}

export const HOME: ShellLink = { href: "/home", label: "Home", icon: House };
export const APPROVALS: ShellLink = { href: "/approvals", label: "Approvals", icon: Inbox };
export const DOCS: ShellLink = { href: "/docs", label: "Docs", icon: BookOpen };
export const ADMIN: ShellLink = { href: "/admin", label: "Admin", icon: Shield };
export const ACCOUNT: ShellLink = { href: "/account", label: "Account", icon: UserRound };

/** A workspace's pages, most used first. Includes pages a role may only read; the audit log is for owners and admins. */
export function workspaceLinks(workspaceId: string, role: Role): ShellLink[] {
  const base = `/workspaces/${workspaceId}`;
  return [
    { href: base, label: "Overview", icon: ChartNoAxesColumn },
    { href: `${base}/setup`, label: "Setup", icon: ListChecks },
    { href: `${base}/actions`, label: "Actions", icon: Zap },
    { href: `${base}/budgets`, label: "Budgets", icon: Gauge },
    { href: `${base}/grants`, label: "Grants", icon: Repeat },
    { href: `${base}/runs`, label: "Runs", icon: List },
    { href: `${base}/receipts`, label: "Receipts", icon: ReceiptText },
    { href: `${base}/freezes`, label: "Freezes", icon: Snowflake },
    { href: `${base}/members`, label: "Members", icon: Users },
    ...(isPermitted(role, "audit.read") ? [{ href: `${base}/activity`, label: "Activity", icon: History }] : []),
    { href: `${base}/settings`, label: "Settings", icon: Settings2 },
  ];
}

export function workspaceIdIn(pathname: string): string | null {
  return /^\/workspaces\/([^/]+)/.exec(pathname)?.[1] ?? null;
}

/** Switching keeps the section where possible; a single run or action belongs to its workspace. */
export function sameSectionIn(workspaceId: string, pathname: string): string {
  const section = /^\/workspaces\/[^/]+\/(setup|actions|budgets|grants|runs|receipts|freezes|members|settings)(\/|$)/.exec(pathname)?.[1];
  return section === undefined ? `/workspaces/${workspaceId}` : `/workspaces/${workspaceId}/${section}`;
}
