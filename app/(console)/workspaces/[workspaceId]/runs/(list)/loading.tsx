import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingWords } from "@/components/ui/skeleton";

export default function RunsLoading() {
  return (
    <Page width="wide">
      <LoadingWords what="runs" />
      <PageHeader title="Runs" />
      <DataTableSkeleton widths={["w-14", "w-32", "w-40", "w-24", "w-24", "w-16", "w-20", "w-24"]} rows={14} />
    </Page>
  );
}
