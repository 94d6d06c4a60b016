import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BUDGET_COLUMNS, GRANT_COLUMNS, INTERCEPT_COLUMNS, LINK_COLUMNS, SHADOW_COLUMNS } from "./intercept-columns";

// A column that the function does not know would be dropped without a word, and one that is not sent would be null.
const sql = readFileSync("prisma/sql/functions/daai_intercept.sql", "utf8");

const useGrant = readFileSync("prisma/sql/functions/daai_use_grant.sql", "utf8");

const reserve = readFileSync("prisma/sql/functions/daai_reserve_budgets.sql", "utf8");

function columnsOf(record: string): Record<string, string> {
  const list = new RegExp(`jsonb_to_recordset\\(${record}\\) AS \\w+\\(\\s*(\\w+ \\w+(?:\\[\\])?,[^)]*)\\)`).exec(sql)?.[1] ?? "";
  return Object.fromEntries(list.split(",").map((column) => column.trim().split(/\s+/) as [string, string]));
}

test("daai_intercept reads the columns that are sent to it, and no others", () => {
  expect(columnsOf("requests")).toEqual(INTERCEPT_COLUMNS);
  expect(columnsOf("r\\.links")).toEqual(LINK_COLUMNS);
  const members = [...reserve.matchAll(/b->>'(\w+)'/g)].map(([, name]) => name);
  expect(members.sort()).toEqual(Object.keys(BUDGET_COLUMNS).sort());
  const grantMembers = [...`${sql} ${useGrant}`.matchAll(/(?:r\.grants|proposed)->>?'(\w+)'/g)].map(([, name]) => name);
  expect([...new Set(grantMembers)].sort()).toEqual([...GRANT_COLUMNS].sort());
  const shadowMembers = [...sql.matchAll(/r\.shadow->>'(\w+)'/g)].map(([, name]) => name);
  expect(shadowMembers.sort()).toEqual([...SHADOW_COLUMNS].sort());
});
