import { ReceiptListSkeleton } from "@/components/receipts/receipt-skeletons";

export default function Loading() {
  return <ReceiptListSkeleton />;
}
