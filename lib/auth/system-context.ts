import { mintContext } from "./mint-context";

/** For the background worker: acts for nobody, in the workspace of what it works on. */
export function systemContext(workspaceId: string) {
  return mintContext({ type: "system" }, workspaceId);
}
