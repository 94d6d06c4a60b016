import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 12 }, (_, row) => row);

export function ReceiptListSkeleton() {
  return (
    <Page>
      <LoadingWords what="the receipts" />
      <PageHeader title="Receipts" description="What was decided about each run, by whom and why, and what the app reported afterwards." />
      <Card>
        <div className="h-12 border-b border-line max-md:h-14" />
        <div className="h-8 border-b border-line bg-inset" />
        {ROWS.map((row) => (
          <div className="flex h-9 items-center gap-8 border-b border-line px-4 last:border-0" key={row}>
            <Skeleton className="w-20" />
            <Skeleton className="w-36" />
            <Skeleton className="w-24" />
            <Skeleton className="ml-auto w-32" />
          </div>
        ))}
      </Card>
    </Page>
  );
}

export function ReceiptSkeleton() {
  return (
    <Page width="narrow">
      <LoadingWords what="the receipt" />
      <div className="mb-4 h-8" />
      <Card className="text-md">
        <div className="grid gap-5 px-8 pt-9 pb-8">
          <Skeleton className="w-40" />
          <Skeleton className="h-5 w-full" />
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="w-56" />
        </div>
        <div className="h-[74px] border-y border-line bg-inset" />
        {ROWS.slice(0, 6).map((row) => (
          <div className="grid grid-cols-[168px_1fr] gap-6 border-b border-line px-8 py-6 last:border-0" key={row}>
            <Skeleton className="w-32" />
            <Skeleton className="w-full" />
          </div>
        ))}
      </Card>
    </Page>
  );
}
