import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import type { KeyKind } from "@/lib/security/key-format";
import { requirePermission } from "@/lib/security/require-permission";
import { KEY_KINDS } from "./schema";

export interface ListedApiKey {
  id: string;
  kind: KeyKind;
  name: string;
  /** All that may be shown of it. */
  hint: string;
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** Every key that the workspace ever had, the oldest first. Test keys have no secret and aren't listed. */
export async function listApiKeys(ctx: WorkspaceContext): Promise<ListedApiKey[]> {
  const { workspaceId, db } = ctx;
  await requirePermission(ctx, "key.manage");
  const keys = await db.apiKey.findMany({
    where: { workspaceId, kind: { in: [...KEY_KINDS] } },
    orderBy: { id: "asc" },
    omit: { keyHash: true, workspaceId: true },
  });
  return keys.map((key) => ({ ...key, kind: key.kind as KeyKind }));
}

/** For the operator, who names a key by its id alone. */
export async function getApiKeyWorkspace({ db }: OperatorContext, id: string): Promise<string | null> {
  const key = await db.apiKey.findUnique({ where: { id }, select: { workspaceId: true } });
  return key?.workspaceId ?? null;
}
