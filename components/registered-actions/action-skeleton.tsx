import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";
import { TitleSkeleton } from "./actions-skeleton";

/** The layout of one action's page, before it is there. */
export function ActionSkeleton() {
  return (
    <Page>
      <LoadingWords what="the action" />
      <TitleSkeleton />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <CardSkeleton rows={3} />
          <CardSkeleton rows={2} />
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <CardSkeleton rows={1} />
          <CardSkeleton rows={4} />
        </div>
      </div>
    </Page>
  );
}

function CardSkeleton({ rows }: { rows: number }) {
  return (
    <Card>
      <div className="flex h-11 items-center border-b border-line px-4">
        <Skeleton className="w-32" />
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div className="flex h-10 items-center gap-6 border-t border-line px-4 first:border-0" key={row}>
          <Skeleton className="w-20" />
          <Skeleton className="w-40" />
        </div>
      ))}
    </Card>
  );
}
