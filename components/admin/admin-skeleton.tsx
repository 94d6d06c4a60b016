import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 10 }, (_, row) => row);

export function AdminSkeleton() {
  return (
    <Page>
      <LoadingWords what="the page" />
      <div className="mb-6 grid h-[50px] content-start gap-3 pt-2">
        <Skeleton className="w-24" />
        <Skeleton className="w-96" />
      </div>
      <div className="mb-4 h-9 border-b border-line" />
      <Card>
        <div className="h-8 border-b border-line bg-inset" />
        {ROWS.map((row) => (
          <div className="flex h-9 items-center gap-8 border-b border-line px-4 last:border-0" key={row}>
            <Skeleton className="w-48" />
            <Skeleton className="w-36" />
            <Skeleton className="ml-auto w-24" />
          </div>
        ))}
      </Card>
    </Page>
  );
}
