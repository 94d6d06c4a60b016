import type { Actor, Context } from "@/lib/context";
import { getDb } from "@/lib/db/client";
import type { Db } from "@/lib/db/transaction";

export function mintContext<A extends Actor, W extends string | null>(actor: A, workspaceId: W, db: Db = getDb()): Context<A, W> {
  return { actor, workspaceId, db } as Context<A, W>;
}
