import { Page } from "@/components/ui/page";
import { HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function LoadingBudget() {
  return (
    <Page>
      <HeaderSkeleton what="the budget" />
      <RowsSkeleton rows={8} className="h-9" />
    </Page>
  );
}
