import type { Rule, RuleSet } from "@/lib/domain/policy/rules/rule-set";
import { CODING_AGENT_LABELS, type CodingAgent } from "./coding-agents";

/** An action of the starter pack, as it is registered. */
export interface StarterAction {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly riskLevel: "high";
  /** How approvers read a run. */
  readonly sentence: string;
  /** A person's no holds for so long. Models like to try again. */
  readonly askAgainAfterMinutes: number;
  readonly policy: { readonly type: "rules"; readonly rules: RuleSet };
}

const OWN_SETTINGS: Rule = { name: "changes its own settings or hooks", when: "payload.agent_settings", then: "block" };
const WIPES: Rule = { name: "wipes a disk, a home folder or the system", when: "payload.wipes", then: "block" };
const SECRETS: Rule = { name: "touches secrets", when: "payload.secrets", then: "ask" };
const OUTSIDE: Rule = { name: "writes outside the project", when: "payload.outside_project", then: "ask" };
const UNCLEAR: Rule = { name: "can’t be read whole", when: "payload.unclear", then: "ask" };

const BASH_RULES: readonly Rule[] = [
  OWN_SETTINGS,
  WIPES,
  { name: "is destructive", when: "payload.destructive", then: "ask" },
  SECRETS,
  { name: "sends something out", when: "payload.network", then: "ask" },
  OUTSIDE,
  UNCLEAR,
];
const WRITE_RULES: readonly Rule[] = [OWN_SETTINGS, WIPES, SECRETS, OUTSIDE, UNCLEAR];

const ASK_AGAIN_AFTER_MINUTES = 15;

/** Actions with sensible rules for a coding agent's commands and files, to start from. */
export function starterActions(agent: CodingAgent): readonly StarterAction[] {
  const label = CODING_AGENT_LABELS[agent];
  const common = { riskLevel: "high", askAgainAfterMinutes: ASK_AGAIN_AFTER_MINUTES } as const;
  return [
    {
      ...common,
      name: `${agent}_bash`,
      title: `${label}: run a command`,
      description:
        "Destructive commands, secrets, the network and writing outside the project need a person. The rest runs and is recorded.",
      sentence: "run {command}",
      policy: { type: "rules", rules: { rules: [...BASH_RULES], otherwise: "allow" } },
    },
    {
      ...common,
      name: `${agent}_write`,
      title: `${label}: change a file`,
      description: "Files with secrets and files outside the project need a person. The agent’s own settings are blocked.",
      sentence: "change {path}",
      policy: { type: "rules", rules: { rules: [...WRITE_RULES], otherwise: "allow" } },
    },
  ];
}
