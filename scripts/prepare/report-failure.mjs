/** Ends the process. What a person can put right is said in plain sentences; a stack is for what nobody expected. */
export function reportFailure(error) {
  const isExpected = error.name === "SetupError" || error.name === "SettingsError";
  console.error(isExpected ? error.message : error);
  process.exit(1);
}
