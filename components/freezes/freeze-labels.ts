import type { FreezeScope } from "@/lib/domain/runs/freeze-scope";

/** "Freeze API key" and the like, for buttons and titles. */
export const FREEZE_NOUNS: Readonly<Record<FreezeScope, string>> = {
  api_key: "API key",
  action: "action",
  workspace: "workspace",
  console: "console",
};

/** "2 claims may still be running." */
export function stillRunning(claims: number): string {
  return claims === 0 ? "No worker holds a claim." : `${claims} ${claims === 1 ? "claim" : "claims"} may still be running.`;
}
