/** Not all are counted: beyond 10,000 it only says that there are more. */
const MAX_COUNTED = 10_000;

export function RecentRuns({ count }: { count: number }) {
  return count > MAX_COUNTED ? <>over {MAX_COUNTED.toLocaleString("en-US")}</> : <>{count.toLocaleString("en-US")}</>;
}
