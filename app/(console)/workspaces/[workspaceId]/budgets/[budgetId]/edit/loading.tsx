import { Page } from "@/components/ui/page";
import { FieldsSkeleton, HeaderSkeleton } from "@/components/workspaces/page-skeletons";

export default function LoadingBudgetForm() {
  return (
    <Page>
      <HeaderSkeleton what="the form" />
      <div className="max-w-[720px]">
        <FieldsSkeleton fields={6} />
      </div>
    </Page>
  );
}
