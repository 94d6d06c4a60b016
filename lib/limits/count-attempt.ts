import { createHmac } from "node:crypto";
import type { Db } from "@/lib/db/transaction";
import { THROTTLES, type Throttle, type ThrottleName } from "@/lib/domain/access/throttles";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { formatTimeOfDay } from "@/lib/domain/time/format-instant";
import { getEnv } from "@/lib/env";
import { clientNetwork } from "@/lib/net/client-network";
import { type AttemptScope, countDown } from "./count-up";

export interface Attempt {
  /** The email address of the attempt. Known and unknown ones count alike. */
  readonly email: string;
  /** Who tries: a client address, or the id of what acts. */
  readonly client: string;
}

export interface CountedAttempt {
  ok: true;
  /** It was no attack after all: the right password, for example. */
  giveBack(db: Db): Promise<void>;
}

interface AttemptRow {
  is_counted: boolean;
  window_start: Date;
  window_end: Date;
  checked_at: Date;
}

/**
 * Counts one attempt before it is made, exactly, however many are made at once. A refused one is not counted: nobody makes
 * their wait longer by trying. Neither address is stored, only an HMAC of it.
 */
export async function countAttempt(db: Db, name: ThrottleName, attempt: Attempt): Promise<CountedAttempt | Refusal> {
  const counters = countersOf(name, attempt);
  const [scopes, subjects, limits] = [
    counters.map(({ scope }) => scope),
    counters.map(({ subject }) => subject),
    counters.map(({ limit }) => limit),
  ];
  const [row] = await db.$queryRaw<AttemptRow[]>`
    SELECT is_counted, window_start, window_end, checked_at
    FROM daai_count_attempt(${scopes}::text[], ${subjects}::text[], ${limits}::int[], ${THROTTLES[name].windowMinutes}::int)`;
  if (!row) throw new Error("daai_count_attempt gave no row.");
  if (!row.is_counted) return refuseAttempt(row);
  return {
    ok: true,
    giveBack: async (later) => {
      for (const { scope, subject } of counters) await countDown(later, scope, subject, row.window_start);
    },
  };
}

/** Always in the same order, so that no two attempts wait for each other. */
function countersOf(name: ThrottleName, { email, client }: Attempt) {
  const { each, client: ofClient, address }: Throttle = THROTTLES[name];
  const network = clientNetwork(client);
  const counters: { scope: AttemptScope; subject: string; limit: number | null }[] = [
    { scope: `${name}_client`, subject: subjectOf(network), limit: ofClient },
    { scope: `${name}_address`, subject: subjectOf(email), limit: address },
    { scope: `${name}_each`, subject: subjectOf(`${network} ${email}`), limit: each },
  ];
  return counters.filter(({ limit }) => limit !== null);
}

function subjectOf(text: string): string {
  return createHmac("sha256", getEnv().DAAI_KEY_PEPPER).update(`attempt ${text}`).digest("hex");
}

function refuseAttempt({ window_end: end, checked_at: now }: AttemptRow): Refusal {
  return refuse("too_many_attempts", `Too many attempts. Try again at ${formatTimeOfDay(end)}.`, {
    fields: { retry_at: end.toISOString() },
    retryAfterSeconds: Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 1000)),
  });
}
