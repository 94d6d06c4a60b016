import { Page } from "@/components/ui/page";
import { FieldsSkeleton, HeaderSkeleton } from "@/components/workspaces/page-skeletons";

export default function LoadingFreezes() {
  return (
    <Page>
      <HeaderSkeleton what="the freezes" />
      <div className="max-w-[720px]">
        <FieldsSkeleton fields={2} />
      </div>
    </Page>
  );
}
