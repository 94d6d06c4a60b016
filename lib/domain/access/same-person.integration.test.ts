import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { isSamePerson, personOf } from "./same-person";

test("case and what follows a plus sign make no other person, and nothing else does", () => {
  const ann = "ann@example.com";
  for (const same of ["ann+2@example.com", "Ann@Example.com", "ANN+a+b@example.com", "ann+@example.com"])
    expect(isSamePerson(ann, same)).toBe(true);
  for (const other of ["anna@example.com", "ann@example.org", "an.n@example.com", "+ann@example.com", "ann", "operator"])
    expect(isSamePerson(ann, other)).toBe(false);
});

test("the database means the same person", async () => {
  const parts = ["a", "B", "+", "@", ".", "İ", "ß", "K", "-", "x@", "+tag@y.Z", ""];
  const texts = Array.from({ length: 2000 }, (_, i) =>
    [i, i * 7, i * 31, i * 101].map((n, at) => parts[Math.floor(n / (at + 1)) % parts.length]).join(""),
  );
  const rows = await getDb().$queryRaw<{ email: string; person: string }[]>`
    SELECT email, daai_person(email) AS person FROM unnest(${texts}::text[]) email`;
  expect(rows).toHaveLength(texts.length);
  for (const { email, person } of rows) expect({ email, person }).toEqual({ email, person: personOf(email) });
});
