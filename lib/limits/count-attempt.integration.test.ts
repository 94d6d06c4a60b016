import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { atOnce, expectOk, tally } from "@/lib/testing/factories";
import { withinOneWindow } from "@/lib/testing/within-one-period";
import { countAttempt } from "./count-attempt";

const { each, client, windowMinutes } = THROTTLES.sign_in;
const { address } = THROTTLES.sign_in_link;
const ANN = { email: "ann@example.com", client: "192.0.2.1" };

beforeEach(async () => {
  await getDb().usageCounter.deleteMany();
});

const attempt = (different: Partial<typeof ANN> = {}) => countAttempt(getDb(), "sign_in", { ...ANN, ...different });
const counts = async () => tally((await getDb().usageCounter.findMany()).flatMap(({ scope, count }) => Array<string>(count).fill(scope)));
const outcomes = (all: { ok: boolean }[]) => tally(all.map(({ ok }) => (ok ? "counted" : "refused")));

describe("countAttempt", () => {
  test("is exact for one client and one address, however many try at once", async () => {
    await withinOneWindow(windowMinutes, async () => {
      await getDb().usageCounter.deleteMany();
      expect(outcomes(await atOnce(100, () => attempt()))).toEqual({ counted: each, refused: 100 - each });
      // What was refused was not counted, in neither counter.
      expect(await counts()).toEqual({ sign_in_each: each, sign_in_client: each });
    });
  });

  test("is exact for one client that tries many addresses", async () => {
    await withinOneWindow(windowMinutes, async () => {
      await getDb().usageCounter.deleteMany();
      expect(outcomes(await atOnce(100, (n) => attempt({ email: `person-${n}@example.com` })))).toEqual({
        counted: client,
        refused: 100 - client,
      });
      expect(await counts()).toEqual({ sign_in_each: client, sign_in_client: client });
    });
  });

  test("is exact for one address that many clients have mail sent to", async () => {
    await withinOneWindow(THROTTLES.sign_in_link.windowMinutes, async () => {
      await getDb().usageCounter.deleteMany();
      const all = await atOnce(60, (n) => countAttempt(getDb(), "sign_in_link", { ...ANN, client: `192.0.2.${n}` }));
      expect(outcomes(all)).toEqual({ counted: address, refused: 60 - address });
    });
  });

  test("says when to try again", async () => {
    await withinOneWindow(windowMinutes, async () => {
      await getDb().usageCounter.deleteMany();
      await atOnce(each, () => attempt());
      const refused = await attempt();
      const end = new Date((Math.floor(Date.now() / (windowMinutes * 60_000)) + 1) * windowMinutes * 60_000);
      expect(refused).toMatchObject({
        ok: false,
        code: "too_many_attempts",
        detail: `Too many attempts. Try again at ${end.toISOString().slice(11, 16)} UTC.`,
        fields: { retry_at: end.toISOString() },
      });
    });
  });

  test("is of the client: others can still try the same address", async () => {
    await atOnce(each, () => attempt());
    expectOk(await attempt({ client: "198.51.100.9" }));
  });

  test("goes on in the next window", async () => {
    await withinOneWindow(windowMinutes, async () => {
      await getDb().usageCounter.deleteMany();
      await atOnce(each, () => attempt());
      expect((await attempt()).ok).toBe(false);
      await getDb().$executeRaw`UPDATE usage_counters SET period_start = period_start - make_interval(mins => ${windowMinutes}::int)`;
      expectOk(await attempt());
    });
  });

  test("takes an IPv6 network for one client", async () => {
    await withinOneWindow(windowMinutes, async () => {
      await getDb().usageCounter.deleteMany();
      expect(outcomes(await atOnce(30, (n) => attempt({ client: `2001:db8:1:2::${n}` })))).toEqual({ counted: each, refused: 30 - each });
      expectOk(await attempt({ client: "2001:db8:1:3::1" }));
    });
  });

  test("gives back what was no attack", async () => {
    const counted = expectOk(await attempt());
    await counted.giveBack(getDb());
    expect(await counts()).toEqual({});
  });

  test("keeps neither address", async () => {
    await attempt();
    const kept = JSON.stringify(await getDb().usageCounter.findMany());
    for (const secret of Object.values(ANN)) expect(kept).not.toContain(secret);
  });
});
