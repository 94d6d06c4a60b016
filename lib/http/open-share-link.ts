import { visitorContext } from "@/lib/auth/contexts";
import type { JsonObject } from "@/lib/domain/json-value";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import { type Closed, getSharedFile, getSharedReceipt, type SharedReceipt } from "@/lib/receipts/sharing/get-shared-receipt";
import { noteShareOpened } from "@/lib/receipts/sharing/note-share-opened";
import type { VisitorContext } from "@/lib/security/context";
import { orRefuseFailure } from "./or-refuse-failure";

/** Returns what a shared receipt's page shows. Writes nothing except the count of openings. Never rejects. */
export function openShareLink(
  token: string,
  { clientAddress, isShown }: { clientAddress: string; isShown: boolean },
): Promise<SharedReceipt | Closed | Refusal> {
  const visitor = visitorContext();
  return orRefuseFailure("shared receipt page", async () => {
    const shared = await getSharedReceipt(visitor, token);
    if (shared.state === "unknown") return orTooManyGuesses(visitor, clientAddress, shared);
    if (isShown && shared.state === "open") await noteShareOpened(visitor, token);
    return shared;
  });
}

/** Returns the same for its download. */
export function openSharedFile(
  token: string,
  clientAddress: string,
): Promise<{ state: "open"; receiptId: string; file: JsonObject } | Closed | Refusal> {
  const visitor = visitorContext();
  return orRefuseFailure("shared receipt file", async () => {
    const shared = await getSharedFile(visitor, token);
    return shared.state === "unknown" ? orTooManyGuesses(visitor, clientAddress, shared) : shared;
  });
}

async function orTooManyGuesses(visitor: VisitorContext, clientAddress: string, unknown: Closed): Promise<Closed | Refusal> {
  const guess = await countLinkGuess(visitor, clientAddress);
  return guess.ok ? unknown : guess;
}
