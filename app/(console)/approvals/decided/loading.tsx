import { Page } from "@/components/ui/page";
import { HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function DecidedLoading() {
  return (
    <Page width="wide">
      <HeaderSkeleton what="decided requests" />
      <RowsSkeleton rows={10} className="h-9" />
    </Page>
  );
}
