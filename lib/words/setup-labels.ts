import type { SetupStepName } from "./setup-steps";

/** What each step of the way is called. */
export const SETUP_TITLES: Readonly<Record<SetupStepName, string>> = {
  workspace: "Create the workspace",
  keys: "Create the keys",
  action: "Register an action",
  sdk: "Install the SDK and set the keys",
  run: "Ask before you act",
  decision: "Approve or reject the run",
  receipt: "Report the outcome and read the receipt",
};
