import fc from "fast-check";
import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { answersQuestion, grantRefusal, type Question } from "@/lib/domain/grants/grant";
import { proofSize } from "@/lib/testing/guarantees/proof-size";

const AT = new Date("2026-12-01T12:00:00.000Z");
const decimal = fc.oneof(
  fc.constantFrom("0.01", "1", "1.00", "99.99", "100", "100.01", "500", "1000"),
  fc.tuple(fc.nat(2000), fc.nat(99)).map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`),
);
/** So that most grants get past what ends them, to what is compared after it. */
const mostly = <T, U>(usual: T, rare: fc.Arbitrary<U>) => fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, rare);
const currency = mostly("EUR", fc.constantFrom("USD", null));
const time = fc.constantFrom(-1, 0, 1).map((ms) => new Date(AT.getTime() + ms));

const row = fc.record({
  grant: fc
    .tuple(
      fc.option(fc.record({ amountEach: decimal, total: decimal, currency })),
      fc.record({
        maxUses: fc.integer({ min: 2, max: 4 }),
        endsAt: mostly(new Date(AT.getTime() + 1000), time),
        needsConfirmation: fc.boolean(),
        confirmedAt: fc.constantFrom(AT, null),
        endedAt: mostly(null, fc.constant(AT)),
      }),
    )
    .map(([amounts, standing]) => ({ ...(amounts ?? { amountEach: null, total: null, currency: null }), ...standing })),
  spent: fc.record({ uses: fc.nat(3), used: fc.oneof(fc.constant("0"), decimal) }),
  run: fc.record({ amount: fc.option(decimal), currency }),
});

// The application chooses a grant by one of them, and the database lets a run through by the other.
test("the rule in TypeScript is the one in SQL, over random grants and runs", async () => {
  const rows = fc.sample(row, proofSize(1_000, 20_000));
  const inSql = await getDb().$queryRaw<{ refusal: string | null }[]>`
    SELECT daai_grant_refusal(jsonb_populate_record(NULL::standing_grants, r.grant), r.uses, r.used, r.amount, r.currency, ${AT}::timestamptz) AS refusal
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(
      rows.map(({ grant, spent, run }) => ({
        grant: {
          amount_each: grant.amountEach,
          total: grant.total,
          currency: grant.currency,
          max_uses: grant.maxUses,
          ends_at: grant.endsAt,
          needs_confirmation: grant.needsConfirmation,
          confirmed_at: grant.confirmedAt,
          ended_at: grant.endedAt,
        },
        ...spent,
        ...run,
      })),
    )}::jsonb) AS ("grant" jsonb, uses int, used numeric, amount numeric, currency text)) WITH ORDINALITY AS r ("grant", uses, used, amount, currency, n)
    ORDER BY r.n`;
  const inTypeScript = rows.map(({ grant, spent, run }) => grantRefusal(grant, spent, run, AT));
  expect(inSql.map(({ refusal }) => refusal)).toEqual(inTypeScript);
  // Every answer occurs, so that none is compared with itself alone.
  expect(new Set(inTypeScript).size).toBe(9);
});

test("so is which question a grant answers", async () => {
  const reasons = ["policy_requires_approval", "rule_requires_approval", "budget_exceeded_requires_approval"] as const;
  const questions: Question[] = reasons.flatMap((reason) => [null, "large", "new account"].map((rule) => ({ reason, rule })));
  const pairs = questions.flatMap((given) => questions.map((asked) => ({ given, asked })));
  const inSql = await getDb().$queryRaw<{ answers: boolean }[]>`
    SELECT daai_answers_question(pair.given->>'reason', pair.given->>'rule', pair.asked->>'reason', pair.asked->>'rule') AS answers
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS (given jsonb, asked jsonb)) WITH ORDINALITY AS pair (given, asked, n)
    ORDER BY pair.n`;
  expect(inSql.map(({ answers }) => answers)).toEqual(pairs.map(({ given, asked }) => answersQuestion(given, asked)));
});
