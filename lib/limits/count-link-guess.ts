import { THROTTLES } from "@/lib/domain/access/throttles";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { VisitorContext } from "@/lib/security/context";
import { countAttempt } from "./count-attempt";

/** Counts a use of an unknown decision or share link. Holders of real links are never counted or throttled. */
export async function countLinkGuess({ db }: VisitorContext, clientAddress: string): Promise<{ ok: true } | Refusal> {
  const counted = await countAttempt(db, "link_guess", { email: "", client: clientAddress });
  if (counted.ok) return { ok: true };
  const { retryAfterSeconds = 60 } = counted;
  return refuse(
    "too_many_link_attempts",
    `Too many invalid links were opened from this network. Try again in ${retryAfterSeconds} seconds.`,
    { fields: { limit: THROTTLES.link_guess.client }, retryAfterSeconds },
  );
}
