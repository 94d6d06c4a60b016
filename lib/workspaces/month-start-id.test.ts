import { expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { monthStartId } from "./month-start-id";

test("every id of the month is above it, every earlier one below", () => {
  const bound = monthStartId(new Date("2026-11-25T19:00:00Z"));
  const idAt = (time: string) => uuidv7({ msecs: Date.parse(time) });
  expect(idAt("2026-11-01T00:00:00.000Z") >= bound).toBe(true);
  expect(idAt("2026-11-30T23:59:59.999Z") >= bound).toBe(true);
  expect(idAt("2026-10-31T23:59:59.999Z") < bound).toBe(true);
});
