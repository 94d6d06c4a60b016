import { addJob } from "@/lib/db/add-job";
import type { Db } from "@/lib/db/transaction";

/** Follows up an email that didn't reach its approver: asks the next person and informs the owners. */
export async function followUpBounce(db: Db, { id, kind }: { id: string; kind: string }): Promise<void> {
  if (kind === "approval_request") await addJob(db, "ask-after-bounce", { deliveryId: id }, { key: `bounce:${id}` });
}
