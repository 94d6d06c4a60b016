import type { Verdict } from "@/lib/domain/log/verdict";

/** A verdict's own sentences: what is wrong, or what was proved and what was not. */
export function ProvedLists({ verdict: { problems, proved, notProved } }: { verdict: Verdict }) {
  if (problems.length > 0) return <List lines={problems} />;
  return (
    <>
      <strong className="mt-3 block font-semibold">Proved</strong>
      <List lines={proved} />
      <strong className="mt-3 block font-semibold">Not proved</strong>
      <List lines={notProved} />
    </>
  );
}

function List({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="mt-1 list-disc space-y-1 pl-5">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
