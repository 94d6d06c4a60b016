import type { Verdict } from "@/lib/domain/log/verdict";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import type { CommandResult } from "./add-command";

/** What came of checking, for people and programs. */
export function verdictResult({ problems, proved, notProved }: Verdict): CommandResult {
  const isProblem = problems.length > 0;
  const list = (lines: readonly string[]) => lines.map((line) => `  - ${visibleText(line)}`).join("\n");
  const text = isProblem
    ? `Verification FAILED.\n${list(problems)}`
    : `Verified.\n\nProved:\n${list(proved)}\n\nNot proved:\n${list(notProved)}`;
  return { document: { verified: !isProblem, problems: [...problems], proved: [...proved], not_proved: [...notProved] }, text, isProblem };
}
