import type { ReactNode } from "react";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";

/** A section is a page with an address of its own; those that a role has nothing to do with are not among its tabs. */
export default async function SettingsLayout({ params, children }: { params: Promise<{ workspaceId: string }>; children: ReactNode }) {
  const { workspaceId } = await params;
  const { role, workspace } = await requireMember(workspaceId);
  const base = `/workspaces/${workspaceId}/settings`;
  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Settings" }]} />
      <PageHeader title="Settings" description={`${workspace.name}, for ${workspace.clientName}.`} />
      <Tabs
        label="Sections"
        items={[
          { href: base, label: "General" },
          { href: `${base}/approvals`, label: "Approval routing" },
          { href: `${base}/groups`, label: "Groups" },
          ...(isPermitted(role, "key.manage") ? [{ href: `${base}/keys`, label: "Keys" }] : []),
          ...(isPermitted(role, "webhook.manage")
            ? [
                { href: `${base}/webhooks`, label: "Webhooks" },
                { href: `${base}/notifications`, label: "Notifications" },
              ]
            : []),
          ...(isPermitted(role, "log.mail") ? [{ href: `${base}/checkpoints`, label: "Checkpoints" }] : []),
          { href: `${base}/usage`, label: "Usage" },
          ...(isPermitted(role, "workspace.delete") ? [{ href: `${base}/delete`, label: "Danger zone" }] : []),
        ]}
      />
      <div className="max-w-[720px]">{children}</div>
    </Page>
  );
}
