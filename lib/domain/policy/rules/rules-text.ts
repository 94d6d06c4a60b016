import type { RuleSet } from "./rule-set";

/** Rules as lines of text, to be read and compared: "1. large: ask when amount > 5000". */
export function rulesText({ rules, otherwise }: RuleSet): string {
  return [...rules.map(({ name, when, then }, place) => `${place + 1}. ${name}: ${then} when ${when}`), `otherwise ${otherwise}`].join(
    "\n",
  );
}
