import { Card } from "@/components/ui/card";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";

/** A title and the line below it, where they will be. */
export function HeaderSkeleton({ what }: { what: string }) {
  return (
    <div className="mb-6 max-md:mb-4">
      <LoadingWords what={what} />
      <div className="flex h-7 items-center">
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="mt-0.5 flex h-5 items-center">
        <Skeleton className="w-80" />
      </div>
    </div>
  );
}

/** A card of rows, such as a list. */
export function RowsSkeleton({ rows, className = "h-14" }: { rows: number; className?: string }) {
  return (
    <Card>
      {Array.from({ length: rows }, (_, row) => (
        <div className={`flex items-center gap-3 border-t border-line px-4 first:border-t-0 ${className}`} key={row}>
          <span className="size-6 flex-none animate-breathe rounded-full bg-pressed" aria-hidden="true" />
          <Skeleton className={row % 2 === 0 ? "w-64" : "w-48"} />
        </div>
      ))}
    </Card>
  );
}

/** A card of labeled fields or bars. */
export function FieldsSkeleton({ fields }: { fields: number }) {
  return (
    <Card>
      <div className="grid gap-5 p-4">
        {Array.from({ length: fields }, (_, field) => (
          <div className="grid gap-2.5" key={field}>
            <Skeleton className="w-28" />
            <span className="block h-8 animate-breathe rounded-md bg-inset" aria-hidden="true" />
          </div>
        ))}
      </div>
    </Card>
  );
}
