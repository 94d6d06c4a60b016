import fc from "fast-check";
import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { isExactNumber } from "./json-number";

const zeros = fc.integer({ min: 0, max: 16_500 }).map((count) => "0".repeat(count));
const digits = fc.oneof({ weight: 3, arbitrary: fc.nat().map(String) }, { weight: 1, arbitrary: zeros });
const exponent = fc.oneof(
  fc.constant(""),
  fc
    .tuple(
      fc.constantFrom("e", "E-", "e+", "E"),
      fc.oneof(fc.nat(450), fc.constantFrom(400, 401, 16_383, 16_384, 131_072), fc.maxSafeNat()),
    )
    .map((parts) => parts.join("")),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc
    .record({
      sign: fc.constantFrom("", "-"),
      whole: fc.oneof(fc.constant("0"), fc.nat().map(String)),
      point: fc.constantFrom("", "."),
      zeros,
      digits,
      exponent,
    })
    .map(({ sign, whole, point, zeros, digits, exponent }) => sign + whole + (point === "" ? "" : `.${zeros}${digits || "0"}`) + exponent),
);

test("the database holds every number that is let through to it", async () => {
  const accepted = fc.sample(number, 4_000).filter(isExactNumber);
  accepted.push("0e400", "-0e-400", "1.7976931348623157e308", "5e-324", `0.${"0".repeat(398)}`, `1.${"0".repeat(390)}e-300`);
  expect(accepted.length).toBeGreaterThan(1_000);
  for (const text of accepted) expect(JSON.parse(text)).toBeTypeOf("number");
  const [row] = await getDb().$queryRaw<
    { kept: number }[]
  >`SELECT count((number::jsonb)::text)::int AS kept FROM unnest(${accepted}::text[]) number`;
  expect(row?.kept).toBe(accepted.length);
});
