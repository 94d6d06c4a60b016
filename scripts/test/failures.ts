import { stripVTControlCharacters } from "node:util";
import type { TestFailure } from "./test-counts";

const SHOWN = 30;
const LINES = 25;

/** Every failure once more, at the end of the output, where it is looked for: its test and the first lines of its message. */
export function describeFailures(failures: readonly TestFailure[]): string {
  if (failures.length === 0) return "";
  const left = failures.length - SHOWN;
  return [
    "",
    "Failures:",
    ...failures.slice(0, SHOWN).flatMap(({ test, message }) => [
      `  ${test}`,
      ...stripVTControlCharacters(message)
        .split("\n")
        .filter((line) => line.trim() !== "")
        .slice(0, LINES)
        .map((line) => `      ${line}`),
    ]),
    ...(left > 0 ? [`  and ${left} more`] : []),
    "",
  ].join("\n");
}
