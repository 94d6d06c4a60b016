export function MethodMark({ method }: { method: string }) {
  const tone = method === "GET" ? "border-no-line bg-no-soft text-no" : "border-live-line bg-live-soft text-live";
  return (
    <span className={`whitespace-nowrap rounded-sm border px-1.5 font-mono text-2xs leading-[18px] font-medium ${tone}`}>{method}</span>
  );
}
