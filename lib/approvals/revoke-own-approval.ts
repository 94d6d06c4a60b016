import { decidingContext } from "@/lib/auth/deciding-context";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { UserContext } from "@/lib/security/context";
import { type RevokedApproval, revokeApproval } from "./revoke-approval";

/** Ends a signed-in person's own approval. The session identifies the person. */
export async function revokeOwnApproval(
  user: UserContext,
  { runId, comment }: { runId: string; comment: string | null },
): Promise<{ ok: true; revoked: RevokedApproval } | Refusal> {
  const ctx = await decidingContext(user, runId);
  return ctx
    ? revokeApproval(ctx, { runId, comment })
    : refuse("run_not_found", "Run not found. It may have been deleted, or you may not have access.");
}
