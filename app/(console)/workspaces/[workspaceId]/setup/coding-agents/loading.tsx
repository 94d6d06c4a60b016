import { Page } from "@/components/ui/page";
import { FieldsSkeleton, HeaderSkeleton, RowsSkeleton } from "@/components/workspaces/page-skeletons";

export default function CodingAgentsLoading() {
  return (
    <Page>
      <HeaderSkeleton what="the coding agents" />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_304px]">
        <RowsSkeleton rows={7} className="h-[53px]" />
        <div className="max-lg:hidden">
          <FieldsSkeleton fields={4} />
        </div>
      </div>
    </Page>
  );
}
