import { ShieldCheck, ShieldQuestionMark, ShieldX } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { CheckOutcome } from "./check-file";
import { ProvedLists } from "./proved-lists";

/** What came of checking a file: what is wrong, or what was proved and what was not. */
export function VerdictCard({ fileName, check }: { fileName: string; check: CheckOutcome }) {
  if ("obstacle" in check) {
    return (
      <Notice tone="wait" icon={ShieldQuestionMark} title="The file was not checked." size="lg" role="alert">
        {check.obstacle}
      </Notice>
    );
  }
  const { verdict } = check;
  if (verdict.problems.length > 0) {
    return (
      <Notice tone="stop" icon={ShieldX} title="Verification failed." size="lg" role="alert">
        Do not rely on {fileName}.
        <ProvedLists verdict={verdict} />
      </Notice>
    );
  }
  return (
    <Notice tone="ok" icon={ShieldCheck} title="Verified." size="lg" role="status">
      {fileName} was verified in this browser.
      <ProvedLists verdict={verdict} />
    </Notice>
  );
}
