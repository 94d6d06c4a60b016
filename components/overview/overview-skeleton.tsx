import { Card, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";
import { Stats } from "@/components/ui/stat";

const STATS = ["w-24", "w-16", "w-16", "w-16", "w-16", "w-16"];
const ROWS = [0, 1, 2, 3, 4, 5];

/** The overview's boxes, at their final size. */
export function OverviewSkeleton() {
  return (
    <Page>
      <LoadingWords what="the overview" />
      <div className="mb-6 grid h-[50px] content-start gap-3 pt-2">
        <Skeleton className="w-56" />
        <Skeleton className="w-36" />
      </div>
      <Stats label="Counts">
        {STATS.map((width, index) => (
          <div className="grid h-[94px] content-start gap-4 bg-surface px-4 py-4" key={index}>
            <Skeleton className={width} />
            <Skeleton className="w-10" />
            <Skeleton className="w-20" />
          </div>
        ))}
      </Stats>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-lg:grid-cols-1">
        <div className="grid gap-4">
          <Card>
            <CardHeader title="Runs by day and outcome" />
            <div className="grid h-[262px] place-items-center" />
          </Card>
          <Card>
            <CardHeader title="Latest runs" />
            <div className="grid gap-6 p-4">
              {ROWS.map((row) => (
                <Skeleton className="w-full" key={row} />
              ))}
            </div>
          </Card>
        </div>
        <div className="grid gap-4">
          {["Email delivery", "Approvers", "Usage"].map((title) => (
            <Card key={title}>
              <CardHeader title={title} />
              <div className="grid gap-5 p-4">
                {ROWS.slice(3).map((row) => (
                  <Skeleton className="w-full" key={row} />
                ))}
              </div>
            </Card>
          ))}
        </div>
      </div>
    </Page>
  );
}
