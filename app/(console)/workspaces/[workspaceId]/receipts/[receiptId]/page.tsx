import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { Download } from "lucide-react";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { CheckItYourself } from "@/components/receipts/check-it-yourself";
import { PrintButton } from "@/components/receipts/print-button";
import { ReceiptPaper } from "@/components/receipts/receipt-paper";
import { RestartPaper } from "@/components/receipts/restart-paper";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/require-member";
import { getLogRestart } from "@/lib/receipts/get-log-restart";
import { getReceiptDocument } from "@/lib/receipts/get-receipt-document";
import { receiptFileName } from "@/lib/receipts/receipt-file-name";

export const metadata: Metadata = { title: "Receipt" };

/** A receipt that a client understands, on screen and on paper. */
export default async function ReceiptPage({ params }: { params: Promise<{ workspaceId: string; receiptId: string }> }) {
  const { workspaceId, receiptId } = await params;
  const { ctx, workspace } = await requireMember(workspaceId);
  if (!isUuid(receiptId)) notFound();
  const [document, restart] = await Promise.all([getReceiptDocument(ctx, receiptId), getLogRestart(ctx, receiptId)]);
  const id = document?.decision.id ?? restart?.id;
  if (id === undefined) notFound();
  const home = `/workspaces/${workspace.id}`;
  const fileName = receiptFileName(id);

  return (
    <Page width="narrow">
      <Crumbs items={[{ label: workspace.name, href: home }, { label: "Receipts", href: `${home}/receipts` }, { label: "Receipt" }]} />
      {document?.execution === null ? <RefreshWhenLive topics={["receipts", "runs"]} /> : null}
      <div className="mb-4 flex justify-end gap-2 print:hidden">
        <PrintButton />
        <ButtonLink href={`${home}/receipts/${id}/download`} download={fileName} icon={<Download />}>Download</ButtonLink>
      </div>
      {document === null ? null : <ReceiptPaper document={document} runHref={`${home}/runs/${document.runId}`} />}
      {restart === null ? null : <RestartPaper receipt={restart} workspace={workspace} />}
      <CheckItYourself fileName={fileName} />
    </Page>
  );
}
