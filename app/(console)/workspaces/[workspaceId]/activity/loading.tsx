import { Page } from "@/components/ui/page";
import { HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function ActivityLoading() {
  return (
    <Page>
      <HeaderSkeleton what="the activity" />
      <div className="mb-4 h-12" />
      <RowsSkeleton rows={8} className="h-12" />
    </Page>
  );
}
