import type { WorkspaceContext } from "@/lib/security/context";

/** Who acts, by their address: a management key stands for its owner. Null: the operator, for nobody. */
export function personActing({ actor }: WorkspaceContext): string | null {
  return "email" in actor ? actor.email : null;
}
