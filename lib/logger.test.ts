import { pino } from "pino";
import { expect, test } from "vitest";
import { logOptions } from "./logger";

/** What a line of the log looks like. */
function logged(write: (log: pino.Logger) => void): string {
  const lines: string[] = [];
  write(pino({ ...logOptions, level: "debug" }, { write: (line: string) => void lines.push(line) }));
  return lines.join("");
}

test.each(["error", "err"])("an error under the name %s is logged without what it quotes", (name) => {
  class DriverError extends Error {}
  const error = new DriverError('invalid input syntax for type json: "swordfish"', { cause: new DriverError("swordfish") });
  const line = logged((log) => log.warn({ [name]: Object.assign(error, { code: "22P02", detail: "swordfish" }) }, "It failed."));
  expect(line).not.toContain("swordfish");
  expect(JSON.parse(line)).toMatchObject({
    msg: "It failed.",
    [name]: { name: "DriverError", code: "22P02", cause: { name: "DriverError" } },
  });
});

test("an error is not logged by itself either: its message would be the line's", () => {
  const line = logged((log) => log.error(new (class DriverError extends Error {})("swordfish")));
  expect(line).not.toContain("swordfish");
});

test("what our own code says of an error is logged", () => {
  expect(logged((log) => log.error({ error: new Error("The receipt log has no head.") }))).toContain("The receipt log has no head.");
});
