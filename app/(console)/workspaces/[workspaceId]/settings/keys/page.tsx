import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeyList } from "@/components/api-keys/key-list";
import { NewKeyDialog } from "@/components/api-keys/new-key-dialog";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";

export const metadata: Metadata = { title: "Keys" };

export default async function KeysPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  if (!isPermitted(role, "key.manage")) notFound();
  const keys = await listApiKeys(ctx);
  return (
    <Card aria-labelledby="keys-title">
      <RefreshWhenLive topics={["keys"]} workspaceId={workspaceId} />
      <CardHeader title="Keys" id="keys-title" actions={<NewKeyDialog workspaceId={workspaceId} />} />
      <KeyList keys={keys} workspaceId={workspaceId} now={new Date()} />
      <CardFooter>
        <span className="text-xs">
          Each key is shown only once, when it’s created. The console stores only its fingerprint. Last use is updated at most every 5
          minutes.
        </span>
      </CardFooter>
    </Card>
  );
}
