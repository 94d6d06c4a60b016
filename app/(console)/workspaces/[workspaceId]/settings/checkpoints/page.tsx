import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { CheckpointMailForm } from "@/components/workspaces/checkpoint-mail-form";
import { CheckpointMailList } from "@/components/workspaces/checkpoint-mail-list";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { listCheckpointMails } from "@/lib/notifications/list-checkpoint-mails";

export const metadata: Metadata = { title: "Checkpoints" };

export default async function CheckpointsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  if (!isPermitted(role, "log.mail")) notFound();
  const mails = await listCheckpointMails(ctx);
  const emails = mails.map(({ email }) => email);
  return (
    <Card aria-labelledby="checkpoints-title">
      <CardHeader title="Daily checkpoint by email" id="checkpoints-title" />
      <CardBody className="grid gap-4 p-4">
        <p className="max-w-[72ch] text-muted">
          A checkpoint is the console’s signed statement about the whole receipt log: how many receipts it has, and one hash over all of
          them. Anyone who keeps one can later detect whether a receipt was changed, removed or inserted, even by the console’s operator. So
          add people outside: the client, an auditor, or yourself at another provider.
        </p>
        <CheckpointMailForm key={emails.join()} workspaceId={workspaceId} emails={emails} />
      </CardBody>
      {mails.length === 0 ? null : <CheckpointMailList mails={mails} />}
      <CardFooter>
        <span className="text-xs">
          At most one email per day, after 06:00 UTC, and none on days without new receipts. It has no attachment, and recipients don’t need
          an account.{" "}
          <Link className="text-link hover:underline" href="/docs/receipts#keep-checkpoints">
            How to use it
          </Link>
        </span>
      </CardFooter>
    </Card>
  );
}
