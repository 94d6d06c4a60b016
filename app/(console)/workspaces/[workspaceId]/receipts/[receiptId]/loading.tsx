import { ReceiptSkeleton } from "@/components/receipts/receipt-skeletons";

export default function Loading() {
  return <ReceiptSkeleton />;
}
