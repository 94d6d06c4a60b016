import { Page } from "@/components/ui/page";
import { HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function LoadingGrants() {
  return (
    <Page>
      <HeaderSkeleton what="the grants" />
      <RowsSkeleton rows={4} className="h-32" />
    </Page>
  );
}
