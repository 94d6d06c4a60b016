import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

const STEPS = ["w-48", "w-64", "w-56", "w-40", "w-44"];

export default function RunLoading() {
  return (
    <Page>
      <LoadingWords what="the run" />
      <div className="mb-4 grid gap-3" aria-hidden="true">
        <div className="flex items-center gap-2 lg:h-9">
          <Skeleton className="!h-[26px] w-28" />
          <Skeleton className="!h-[26px] w-24" />
        </div>
        <Skeleton className="!h-5 w-[480px]" />
        <Skeleton className="w-80" />
      </div>
      <div className="mb-4 h-[74px] rounded-lg border border-line bg-surface shadow-card" aria-hidden="true" />
      <div className="grid grid-cols-[minmax(0,1fr)_336px] items-start gap-4 max-lg:grid-cols-1" aria-hidden="true">
        <Card>
          <div className="h-11 border-b border-line" />
          <div className="grid gap-7 px-4 py-5">
            {STEPS.map((width) => (
              <Skeleton className={width} key={width} />
            ))}
          </div>
        </Card>
        <Card>
          <div className="h-11 border-b border-line" />
          <div className="grid gap-4 px-4 py-5">
            <Skeleton className="w-56" />
            <Skeleton className="w-40" />
          </div>
        </Card>
      </div>
    </Page>
  );
}
