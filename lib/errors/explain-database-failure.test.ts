import { expect, test } from "vitest";
import { explainDatabaseFailure } from "./explain-database-failure";

/** As Prisma wraps what PostgreSQL answers to a statement of ours. */
const wrapped = (code: string, message: string) =>
  Object.assign(new Error("Invalid `prisma.$queryRaw()` invocation"), {
    code: "P2010",
    meta: { driverAdapterError: { cause: { originalCode: code, message } } },
  });

test.each([
  ["no connection left", Object.assign(new Error("sorry, too many clients already"), { code: "53300" }), /no connection left .* up to 45/],
  ["no connection left for the role, through Prisma", wrapped("53300", 'too many connections for role "daai"'), /no connection left/],
  ["a full disk, through Prisma", wrapped("53100", "could not extend file: No space left on device"), /^The database's disk is full/],
  ["no memory left, through Prisma", wrapped("53200", "out of memory"), /^The database can't be reached/],
  ["a pooler that is down", Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), /DATABASE_DIRECT_URL are correct/],
])("%s is a sentence that says what to do", (_, error, sentence) => {
  expect(explainDatabaseFailure(error)).toMatch(sentence);
});

test("what has nothing to do with the database is not explained by it", () => {
  expect(explainDatabaseFailure(new TypeError("x is undefined"))).toBeNull();
});
