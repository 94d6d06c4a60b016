import { LoadingWords } from "@/components/ui/skeleton";
import { FieldsSkeleton } from "@/components/workspaces/page-skeletons";

export default function SettingsLoading() {
  return (
    <>
      <LoadingWords what="the settings" />
      <FieldsSkeleton fields={2} />
    </>
  );
}
