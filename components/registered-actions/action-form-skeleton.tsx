import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";
import { TitleSkeleton } from "./actions-skeleton";

/** The form's layout, before it is there. */
export function ActionFormSkeleton() {
  return (
    <Page>
      <LoadingWords what="the form" />
      <TitleSkeleton />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(320px,392px)]">
        <div className="grid max-w-[720px] gap-7">
          {[0, 1, 2].map((section) => (
            <div className="grid gap-4 border-t border-line pt-6 first:border-0 first:pt-0" key={section}>
              <Skeleton className="w-24" />
              <div className="grid gap-3 sm:grid-cols-2">
                <Skeleton className="h-8 w-full" />
                <Skeleton className="h-8 w-full" />
              </div>
              <Skeleton className="h-14 w-full" />
            </div>
          ))}
        </div>
        <Card className="h-96">
          <div className="flex h-11 items-center px-4">
            <Skeleton className="w-12" />
          </div>
          <div className="h-40 border-y border-line bg-inset" />
        </Card>
      </div>
    </Page>
  );
}
