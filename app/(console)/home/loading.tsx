import { Page } from "@/components/ui/page";
import { FieldsSkeleton, HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function HomeLoading() {
  return (
    <Page>
      <HeaderSkeleton what="your workspaces" />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_304px]">
        <RowsSkeleton rows={3} className="h-[72px]" />
        <FieldsSkeleton fields={3} />
      </div>
    </Page>
  );
}
