import { Page } from "@/components/ui/page";
import { HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function LoadingGrant() {
  return (
    <Page>
      <HeaderSkeleton what="the grant" />
      <RowsSkeleton rows={8} className="h-9" />
    </Page>
  );
}
