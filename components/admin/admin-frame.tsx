import type { ReactNode } from "react";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";

const TABS = [
  { href: "/admin", label: "Totals" },
  { href: "/admin/users", label: "Users" },
  { href: "/admin/workspaces", label: "Workspaces" },
  { href: "/admin/mailbox", label: "Mailbox" },
];

/** What the operator's pages have in common. */
export function AdminFrame({ tab, children }: { tab: "Totals" | "Users" | "Workspaces" | "Mailbox"; children: ReactNode }) {
  return (
    <Page>
      <Crumbs items={tab === "Totals" ? [{ label: "Admin" }] : [{ label: "Admin", href: "/admin" }, { label: tab }]} />
      <PageHeader title="Admin" description="All accounts, workspaces and emails on this console. Only operators see these pages." />
      <Tabs label="Admin" items={TABS} />
      {children}
    </Page>
  );
}
