import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireMember } from "@/lib/auth/require-member";
import { isReceipt } from "@/lib/receipts/document/is-receipt";

/** Checked before the response starts: once the skeleton is sent, the status is 200. */
export default async function ReceiptLayout({
  params,
  children,
}: {
  params: Promise<{ workspaceId: string; receiptId: string }>;
  children: ReactNode;
}) {
  const { workspaceId, receiptId } = await params;
  const { ctx } = await requireMember(workspaceId);
  if (!(await isReceipt(ctx, receiptId))) notFound();
  return children;
}
