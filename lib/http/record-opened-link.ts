import { noteLinkOpened } from "@/lib/approvals/note-opened";
import { visitorContext } from "@/lib/auth/contexts";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import { orRefuseFailure } from "./or-refuse-failure";

/** Records that a person has a link's page open. An unknown token counts as a guess. Never rejects. */
export async function recordOpenedLink(token: string, clientAddress: string): Promise<void> {
  const visitor = visitorContext();
  await orRefuseFailure("opened decision page", async () => {
    const isKnown = await noteLinkOpened(visitor, token);
    return isKnown ? { ok: true as const } : countLinkGuess(visitor, clientAddress);
  });
}
