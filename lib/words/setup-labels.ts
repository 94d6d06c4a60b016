import type { SetupStepName } from "./setup-steps";

/** What each step of the way is called. */
export const SETUP_TITLES: Readonly<Record<SetupStepName, string>> = {
  workspace: "Create the workspace",
  keys: "Make the keys",
  action: "Register an action",
  sdk: "Install the SDK and set the keys",
  run: "Ask before the risky function",
  decision: "Decide it",
  receipt: "Report it and read the receipt",
};
