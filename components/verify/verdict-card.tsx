import { ShieldCheck, ShieldX } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { Verdict } from "@/lib/domain/verdict";

/** What came of checking a file: what is wrong, or what was proved and what was not. */
export function VerdictCard({ fileName, verdict: { problems, proved, notProved } }: { fileName: string; verdict: Verdict }) {
  if (problems.length > 0) {
    return (
      <Notice tone="stop" icon={ShieldX} title="It does not verify." size="lg" role="alert">
        {fileName} is not to be relied on.
        <List lines={problems} />
      </Notice>
    );
  }
  return (
    <Notice tone="ok" icon={ShieldCheck} title="It verifies." size="lg" role="status">
      {fileName} was checked in this browser.
      <strong className="mt-3 block font-semibold">Proved</strong>
      <List lines={proved} />
      <strong className="mt-3 block font-semibold">Not proved</strong>
      <List lines={notProved} />
    </Notice>
  );
}

function List({ lines }: { lines: readonly string[] }) {
  return <ul className="mt-1 list-disc space-y-1 pl-5">{lines.map((line) => <li key={line}>{line}</li>)}</ul>;
}
