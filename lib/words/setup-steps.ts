/** The steps from an empty workspace to its first receipt, in order. */
export const SETUP_STEPS = ["workspace", "keys", "action", "sdk", "run", "decision", "receipt"] as const;
export type SetupStepName = (typeof SETUP_STEPS)[number];

/** When each step was first completed, from the data; null: not yet. Nobody checks anything by hand. */
export interface SetupFacts {
  workspaceMadeAt: Date;
  /** The older of the two keys that a program needs, of those that work. */
  keysMadeAt: Date | null;
  actionRegisteredAt: Date | null;
  /** Both keys were first used together. */
  keysSeenAt: Date | null;
  firstRunAt: Date | null;
  firstDecisionAt: Date | null;
  /** The first finished run: reported by the app, or never to run. */
  firstReceiptAt: Date | null;
}

export interface SetupStep {
  name: SetupStepName;
  state: "done" | "now" | "later";
  at: Date | null;
}

/** The first thing that has not happened is what to do now, also when something after it has. */
export function setupSteps(facts: SetupFacts): SetupStep[] {
  const times: Record<SetupStepName, Date | null> = {
    workspace: facts.workspaceMadeAt,
    keys: facts.keysMadeAt,
    action: facts.actionRegisteredAt,
    sdk: facts.keysSeenAt,
    run: facts.firstRunAt,
    decision: facts.firstDecisionAt,
    receipt: facts.firstReceiptAt,
  };
  const next = SETUP_STEPS.find((name) => times[name] === null);
  return SETUP_STEPS.map((name) => ({ name, at: times[name], state: times[name] !== null ? "done" : name === next ? "now" : "later" }));
}
