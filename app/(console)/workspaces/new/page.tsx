import type { Metadata } from "next";
import { LimitReachedNotice } from "@/components/limits/limit-reached-notice";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { NewWorkspace } from "@/components/workspaces/new-workspace";
import { requireSessionUser, requireUser } from "@/lib/auth/require-user";
import { getEnv } from "@/lib/env";
import { getMyUsage } from "@/lib/limits/get-owner-usage";

export const metadata: Metadata = { title: "New workspace" };

export default async function NewWorkspacePage() {
  const { isOperator } = await requireSessionUser();
  const { uses, ownerId } = await getMyUsage(await requireUser());
  const workspaces = uses.find(({ name }) => name === "activeWorkspaces");
  return (
    <Page width="narrow">
      <Crumbs items={[{ label: "Home", href: "/home" }, { label: "New workspace" }]} />
      <PageHeader title="New workspace" description="A workspace holds one client’s keys, actions, runs and receipts." />
      <LimitReachedNotice
        name="activeWorkspaces"
        used={workspaces?.used ?? 0}
        limit={workspaces?.limit ?? null}
        ownerId={ownerId}
        isOperator={isOperator}
      />
      <NewWorkspace baseUrl={`${getEnv().DAAI_PUBLIC_URL}/api`} />
    </Page>
  );
}
