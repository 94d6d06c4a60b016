import type { OperatorContext } from "@/lib/security/context";

/** Workspaces that have a log, deleted ones too: their receipts stay. */
export function listLoggedWorkspaces({ db }: OperatorContext): Promise<{ id: string; name: string }[]> {
  return db.workspace.findMany({ where: { receiptLog: { isNot: null } }, select: { id: true, name: true }, orderBy: { id: "asc" } });
}
