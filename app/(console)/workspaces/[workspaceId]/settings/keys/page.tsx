import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeyList } from "@/components/api-keys/key-list";
import { NewKeyDialog } from "@/components/api-keys/new-key-dialog";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { ManagementKeyList } from "@/components/management-keys/management-key-list";
import { NewManagementKeyDialog } from "@/components/management-keys/new-management-key-dialog";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { listManagementKeys } from "@/lib/management-keys/list-management-keys";
import { presentTime } from "@/lib/present-time";

export const metadata: Metadata = { title: "Keys" };

export default async function KeysPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  if (!isPermitted(role, "key.manage")) notFound();
  const keys = await listApiKeys(ctx);
  const managementKeys = isPermitted(role, "management_key.manage") ? await listManagementKeys(ctx) : null;
  return (
    <div className="grid gap-4">
      <RefreshWhenLive topics={["keys"]} workspaceId={workspaceId} />
      <Card aria-labelledby="keys-title">
        <CardHeader title="Keys" id="keys-title" actions={<NewKeyDialog workspaceId={workspaceId} />} />
        <KeyList keys={keys} workspaceId={workspaceId} now={await presentTime()} />
        <CardFooter>
          <span className="text-xs">
            Each key is shown only once, when it’s created. The console stores only its fingerprint. Last use is updated at most every 5
            minutes.
          </span>
        </CardFooter>
      </Card>
      {managementKeys === null ? null : (
        <Card aria-labelledby="management-keys-title">
          <CardHeader
            title="Management keys"
            id="management-keys-title"
            note="for policy files and programs that manage this workspace"
            actions={<NewManagementKeyDialog workspaceId={workspaceId} />}
          />
          <ManagementKeyList keys={managementKeys} workspaceId={workspaceId} />
          <CardFooter>
            <span className="text-xs">
              Only owners create them. A key acts for its owner within its scopes, and can’t propose, claim or report.{" "}
              <Link className="text-link hover:underline" href="/docs/policy-files">
                Policy files
              </Link>
            </span>
          </CardFooter>
        </Card>
      )}
    </div>
  );
}
