import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";

/** Refuses a list of approvers with people who left or are disabled, because they could not decide anything. */
export async function refuseFormerMembers(
  { workspaceId, db }: WorkspaceContext,
  lists: Readonly<Record<string, readonly string[]>>,
): Promise<Refusal | null> {
  for (const [path, emails] of Object.entries(lists)) {
    const [former] = await db.$queryRaw<{ email: string; is_disabled: boolean }[]>`
      SELECT email, daai_is_disabled(email) AS is_disabled FROM unnest(${[...emails]}::text[]) WITH ORDINALITY AS listed (email, place)
      WHERE daai_has_left(${workspaceId}::uuid, email) OR daai_is_disabled(email) ORDER BY place LIMIT 1`;
    if (!former) continue;
    const message = former.is_disabled
      ? `The account of ${former.email} is disabled, so they decide nothing.`
      : `${former.email} left this workspace, so they decide nothing in it. Invite them again first.`;
    return refuseField(path, message);
  }
  return null;
}
