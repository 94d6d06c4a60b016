import { v7 as uuidv7 } from "uuid";
import { addJob } from "@/lib/db/add-job";
import { inTransaction } from "@/lib/db/transaction";
import { ownPath } from "@/lib/domain/access/own-path";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { countAttempt } from "@/lib/limits/count-attempt";
import type { VisitorContext } from "@/lib/security/context";
import type { AccountLinkJob } from "./mail-account-link";

const THROTTLE = { sign_in: "sign_in_link", reset_password: "password_reset" } as const;

/**
 * Requests a link to sign in or to set a new password. The worker looks up the account later, so known and unknown addresses take equally
 * long here and get the same response.
 */
export function requestAccountLink(
  { db }: VisitorContext,
  kind: AccountLinkJob["kind"],
  { email, next }: { email: string; next?: string },
  { clientAddress }: { clientAddress: string },
): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(db, async (tx) => {
    const counted = await countAttempt(tx, THROTTLE[kind], { email, client: clientAddress });
    if (!counted.ok) return counted;
    await addJob(tx, "mail-account-link", { deliveryId: uuidv7(), kind, email, next: ownPath(next) });
    return { ok: true };
  });
}
