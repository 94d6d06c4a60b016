/** An id shortened in the middle, whole on hover. Ids made at the same time begin alike: their ends tell them apart. */
export function ShortId({ id }: { id: string }) {
  return (
    <span className="font-mono text-xs whitespace-nowrap text-muted" title={id}>
      {id.slice(0, 8)}…{id.slice(-4)}
    </span>
  );
}
