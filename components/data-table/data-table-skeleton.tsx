import { Skeleton } from "@/components/ui/skeleton";

/** A list that is on its way, in the place of the list: for loading.tsx. `widths` are those of its columns' words. */
export function DataTableSkeleton({
  widths,
  rows = 8,
  hasToolbar = true,
}: {
  widths: readonly string[];
  rows?: number;
  hasToolbar?: boolean;
}) {
  return (
    <div className="min-w-0 overflow-clip rounded-lg border border-line bg-surface shadow-card" aria-hidden="true">
      {hasToolbar ? (
        <div className="flex h-[49px] items-center gap-2 border-b border-line px-3 max-md:h-[57px]">
          <Skeleton className="!h-7 w-60 !rounded-md max-md:w-44" />
          <Skeleton className="!h-7 w-32 !rounded-md" />
        </div>
      ) : null}
      <div className="h-8 border-b border-line bg-inset max-md:hidden" />
      {Array.from({ length: rows }, (_, row) => (
        <div className="flex h-9 items-center gap-6 border-b border-line px-4 last:border-b-0 max-md:h-[68px]" key={row}>
          {widths.map((width, column) => (
            <span className={`flex-1 ${column > 1 ? "max-md:hidden" : ""}`} key={column}>
              <Skeleton className={width} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
