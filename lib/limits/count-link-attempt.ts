import { createHmac } from "node:crypto";
import { databaseNow } from "@/lib/db/transaction";
import { resolveLimits } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import type { VisitorContext } from "@/lib/security/context";
import { countUp } from "./count-up";
import { MINUTE_SECONDS } from "./rate-limits";

/** One use of a link to decide or to read a receipt by a client address, known or unknown link alike. The address itself is not stored. */
export async function countLinkAttempt({ db }: VisitorContext, clientAddress: string): Promise<{ ok: true } | Refusal> {
  const { DAAI_PLAN, DAAI_KEY_PEPPER, limitOverrides } = getEnv();
  const limit = resolveLimits({ plan: DAAI_PLAN, planOverrides: limitOverrides }).linkAttemptsPerMinute;
  if (limit === null) return { ok: true };
  const now = await databaseNow(db);
  const minute = new Date(Math.floor(now.getTime() / (MINUTE_SECONDS * 1000)) * MINUTE_SECONDS * 1000);
  const subject = createHmac("sha256", DAAI_KEY_PEPPER).update(`address ${clientAddress}`).digest("hex");
  if (await countUp(db, "link_attempts_per_minute", subject, minute, limit)) return { ok: true };
  const retryAfterSeconds = MINUTE_SECONDS - Math.floor((now.getTime() / 1000) % MINUTE_SECONDS);
  return refuse(
    "too_many_link_attempts",
    `This address has opened ${limit} links within a minute. Try again in ${retryAfterSeconds} seconds.`,
    {
      fields: { limit },
      retryAfterSeconds,
    },
  );
}
