import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

/** The queue's layout while it loads. */
export function QueueSkeleton() {
  return (
    <div
      data-columns
      className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] md:h-[calc(100dvh-48px)] md:flex-none md:grid-cols-[344px_minmax(0,1fr)] lg:grid-cols-[360px_minmax(0,1fr)]"
    >
      <div className="overflow-hidden border-line md:border-r">
        <LoadingWords what="pending requests" />
        <div className="h-[52px] border-b border-line" />
        {Array.from({ length: 9 }, (_, row) => (
          <div className="grid gap-2.5 border-b border-line py-3 pr-4 pl-12" key={row}>
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        ))}
      </div>
      <div className="bg-surface max-md:hidden">
        <div className="mx-auto grid max-w-[864px] gap-4 px-8 pt-6">
          <Skeleton className="h-5 w-3/5" />
          <Skeleton className="h-7 w-4/5" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-28 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      </div>
    </div>
  );
}
