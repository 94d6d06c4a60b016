import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
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
      <CardHeader title="Daily checkpoint by mail" id="checkpoints-title" />
      <CardBody className="grid gap-4 p-4">
        <p className="max-w-[72ch] text-muted">
          A checkpoint is what the console signed about the whole log of receipts: how many there are, and one hash over all of them.
          Whoever has kept one can tell later whether a receipt was changed, dropped or slipped in since, also by whoever runs this console.
          So name people outside: the client, an auditor, yourself at another provider.
        </p>
        <CheckpointMailForm key={emails.join()} workspaceId={workspaceId} emails={emails} />
      </CardBody>
      {mails.length === 0 ? null : <CheckpointMailList mails={mails} />}
      <CardFooter>
        <span className="text-xs">
          One mail a day at most, after 6:00 UTC, and none on days without a new receipt. It needs no account and has no attachment.{" "}
          <Link className="text-link hover:underline" href="/docs/receipts#keep-checkpoints">
            What to do with it
          </Link>
        </span>
      </CardFooter>
    </Card>
  );
}
