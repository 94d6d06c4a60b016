import { type Freeze, Prisma } from "@/lib/db/generated/client";

export type FreezeTarget = Pick<Freeze, "workspaceId" | "actionId" | "apiKeyId">;

/** Whether a freeze covers `run` of the FROM clause. Each part is written only where it narrows, so that indexes serve it. */
export function isCovered({ workspaceId, actionId, apiKeyId }: FreezeTarget): Prisma.Sql {
  const parts = [
    ...(workspaceId === null ? [] : [Prisma.sql`run.workspace_id = ${workspaceId}::uuid`]),
    ...(actionId === null ? [] : [Prisma.sql`run.action_id = ${actionId}::uuid`]),
    ...(apiKeyId === null ? [] : [Prisma.sql`run.api_key_id = ${apiKeyId}::uuid`]),
  ];
  return parts.length === 0 ? Prisma.sql`true` : Prisma.sql`(${Prisma.join(parts, " AND ")})`;
}
