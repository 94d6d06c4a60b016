import type { Metadata } from "next";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { DataRetentionCard } from "@/components/retention/data-retention-card";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Instant } from "@/components/ui/instant";
import { StoppedNotice } from "@/components/webhooks/stopped-notice";
import { NamesForm } from "@/components/workspaces/names-form";
import { ReadOnlyNotice } from "@/components/workspaces/read-only-notice";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { getDataRetention } from "@/lib/retention/get-data-retention";
import { listStoppedWebhooks } from "@/lib/webhooks/list-stopped-webhooks";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Settings" };

export default async function GeneralSettingsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  const { name, clientName, ownerEmail, createdAt } = await getWorkspaceSettings(ctx);
  const retention = await getDataRetention(ctx);
  const mayChange = isPermitted(role, "workspace.manage");
  const stopped = isPermitted(role, "webhook.manage") ? await listStoppedWebhooks(ctx) : [];
  return (
    <div className="grid gap-4">
      <RefreshWhenLive topics={["webhooks"]} workspaceId={workspaceId} />
      <StoppedNotice webhooks={stopped} workspaceId={workspaceId} />
      {mayChange ? null : <ReadOnlyNotice />}
      <Card aria-labelledby="names-title">
        <CardHeader title="Names" id="names-title" />
        <CardBody className="p-4">
          <NamesForm key={`${name}\n${clientName}`} workspaceId={workspaceId} names={{ name, clientName }} mayChange={mayChange} />
        </CardBody>
        <CardFooter>
          <span className="min-w-0 text-xs wrap-anywhere">
            Owned by {ownerEmail}, since <Instant at={createdAt} format="date" />
          </span>
          <span className="ml-auto flex items-center gap-1 text-xs max-md:ml-0">
            <code className="font-mono wrap-anywhere">{workspaceId}</code>
            <CopyButton text={workspaceId} label="Copy the workspace ID" />
          </span>
        </CardFooter>
      </Card>
      <DataRetentionCard
        key={retention?.keptDays}
        workspaceId={workspaceId}
        workspaceName={name}
        retention={retention}
        mayChange={isPermitted(role, "run.erase")}
      />
    </div>
  );
}
