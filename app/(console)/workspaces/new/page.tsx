import type { Metadata } from "next";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { NewWorkspace } from "@/components/workspaces/new-workspace";
import { requireUser } from "@/lib/auth/require-user";
import { getEnv } from "@/lib/env";

export const metadata: Metadata = { title: "New workspace" };

export default async function NewWorkspacePage() {
  await requireUser();
  return (
    <Page width="narrow">
      <Crumbs items={[{ label: "Home", href: "/home" }, { label: "New workspace" }]} />
      <PageHeader title="New workspace" description="One client’s space: its keys, its actions, its runs and receipts." />
      <NewWorkspace baseUrl={`${getEnv().DAAI_PUBLIC_URL}/api`} />
    </Page>
  );
}
