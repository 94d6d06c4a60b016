import type { UserActor } from "@/lib/context";
import type { Db } from "@/lib/db/transaction";
import { mintContext } from "./mint-context";

/** For what somebody does for their own account before they are signed in, having proved with a mailed link or a password who they are. */
export function accountContext({ id, email }: { id: string; email: string }, db: Db) {
  return mintContext<UserActor, null>({ type: "user", userId: id, email }, null, db);
}
