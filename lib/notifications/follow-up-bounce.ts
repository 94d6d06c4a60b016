import { addJob } from "@/lib/db/add-job";
import type { Db } from "@/lib/db/transaction";

/** A mail about a run did not reach its approver: somebody else is asked, and the owners are told. */
export async function followUpBounce(db: Db, { id, kind }: { id: string; kind: string }): Promise<void> {
  if (kind === "approval_request") await addJob(db, "ask-after-bounce", { deliveryId: id }, { key: `bounce:${id}` });
}
