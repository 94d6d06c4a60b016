/** An ID shortened in the middle, complete on hover. IDs made at the same time begin alike; their ends differ. */
export function ShortId({ id }: { id: string }) {
  return (
    <span className="font-mono text-xs whitespace-nowrap text-muted" title={id}>
      {id.slice(0, 8)}…{id.slice(-4)}
    </span>
  );
}
