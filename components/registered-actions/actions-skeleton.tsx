import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

const ROWS = ["w-40", "w-32", "w-48", "w-36"] as const;

/** The list's layout, before it is there. */
export function ActionsSkeleton() {
  return (
    <Page>
      <LoadingWords what="the actions" />
      <TitleSkeleton />
      <div className="mb-4 flex h-8 items-center">
        <Skeleton className="h-7 w-32" />
      </div>
      <Card>
        <div className="h-8 rounded-t-lg bg-inset" />
        {ROWS.map((width) => (
          <div className="flex h-[57px] items-center gap-6 border-t border-line px-4" key={width}>
            <Skeleton className={width} />
            <Skeleton className="w-16" />
            <Skeleton className="w-32 max-sm:hidden" />
            <Skeleton className="ml-auto w-14" />
          </div>
        ))}
      </Card>
    </Page>
  );
}

export function TitleSkeleton() {
  return (
    <div className="mb-6 grid gap-2 max-md:mb-4">
      <div className="flex h-8 items-center">
        <Skeleton className="h-4 w-48" />
      </div>
      <Skeleton className="w-80" />
    </div>
  );
}
