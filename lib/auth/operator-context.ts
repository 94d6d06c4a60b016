import { mintContext } from "./mint-context";

/** For the admin command line: whoever can read the settings and the data directory is the operator. */
export function operatorContext<W extends string | null>(workspaceId: W, email: string | null = null) {
  return mintContext({ type: "operator", email }, workspaceId);
}
