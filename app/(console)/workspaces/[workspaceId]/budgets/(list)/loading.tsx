import { Page } from "@/components/ui/page";
import { HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function LoadingBudgets() {
  return (
    <Page>
      <HeaderSkeleton what="the budgets" />
      <RowsSkeleton rows={4} className="h-20" />
    </Page>
  );
}
