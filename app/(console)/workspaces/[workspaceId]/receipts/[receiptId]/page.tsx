import { Download } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { validate as isUuid } from "uuid";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { CheckItYourself } from "@/components/receipts/check-it-yourself";
import { FreezePaper } from "@/components/receipts/freeze-paper";
import { PrintButton } from "@/components/receipts/print-button";
import { ReceiptPaper } from "@/components/receipts/receipt-paper";
import { receiptTitle } from "@/components/receipts/receipt-title";
import { RestartPaper } from "@/components/receipts/restart-paper";
import { ShareDialog } from "@/components/receipts/share-dialog";
import { ShareList } from "@/components/receipts/share-list";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { getEnv } from "@/lib/env";
import { getFreezeReceipt } from "@/lib/receipts/document/get-freeze-receipt";
import { getLogRestart } from "@/lib/receipts/document/get-log-restart";
import { getReceiptDocument } from "@/lib/receipts/document/get-receipt-document";
import { receiptFileName } from "@/lib/receipts/document/receipt-file-name";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { listShares } from "@/lib/receipts/sharing/list-shares";

interface Props {
  params: Promise<{ workspaceId: string; receiptId: string }>;
}

/** Once a request: the title needs what the page needs. */
const read = cache(async (workspaceId: string, receiptId: string) => {
  const { ctx } = await requireMember(workspaceId);
  if (!isUuid(receiptId)) return null;
  const [document, restart, freeze] = await Promise.all([
    getReceiptDocument(ctx, receiptId),
    getLogRestart(ctx, receiptId),
    getFreezeReceipt(ctx, receiptId),
  ]);
  return document === null && restart === null && freeze === null ? null : { document, restart, freeze };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspaceId, receiptId } = await params;
  const found = await read(workspaceId, receiptId);
  return { title: found?.document ? receiptTitle(found.document) : "Receipt" };
}

/** A receipt that a client understands, on screen and on paper. */
export default async function ReceiptPage({ params }: Props) {
  const { workspaceId, receiptId } = await params;
  const { ctx, workspace, role } = await requireMember(workspaceId);
  const found = await read(workspaceId, receiptId);
  if (found === null) notFound();
  const { document, restart, freeze } = found;
  const id = document?.decision.id ?? receiptId;
  // What a freeze or a restart of the log is about is of no run, and for those who know the console.
  const mayShare = document !== null && isPermitted(role, "receipt.share");
  const [check, shares] = await Promise.all([
    checkReceipts(ctx, document ? { runId: document.runId } : { id }),
    mayShare ? listShares(ctx, document.runId) : [],
  ]);
  const home = `/workspaces/${workspace.id}`;

  return (
    <Page width="narrow">
      <Crumbs items={[{ label: workspace.name, href: home }, { label: "Receipts", href: `${home}/receipts` }, { label: "Receipt" }]} />
      {document?.execution === null ? <RefreshWhenLive topics={["receipts", "runs"]} /> : null}
      <div className="mb-4 flex flex-wrap justify-end gap-2 print:hidden">
        {mayShare ? <ShareDialog workspaceId={workspace.id} receiptId={id} /> : null}
        <PrintButton />
        <ButtonLink href={`${home}/receipts/${id}/download`} download={receiptFileName(id)} icon={<Download />}>
          Download
        </ButtonLink>
      </div>
      {document === null ? null : <ReceiptPaper document={document} check={check} runHref={`${home}/runs/${document.runId}`} />}
      {restart === null ? null : <RestartPaper receipt={restart} check={check} workspace={workspace} />}
      {freeze === null ? null : <FreezePaper receipt={freeze} check={check} workspace={workspace} />}
      <CheckItYourself fileName={receiptFileName(id)} consoleUrl={getEnv().DAAI_PUBLIC_URL} />
      <ShareList shares={shares} workspaceId={workspace.id} />
    </Page>
  );
}
