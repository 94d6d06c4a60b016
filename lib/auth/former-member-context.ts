import { mintContext } from "./mint-context";

/** For the worker, which finishes what a member began by deleting their workspace: still theirs, when nobody can enter any more. */
export function formerMemberContext({ workspaceId, userId, email }: { workspaceId: string; userId: string; email: string }) {
  return mintContext({ type: "user", userId, email } as const, workspaceId);
}
