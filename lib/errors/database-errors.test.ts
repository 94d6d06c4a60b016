import { expect, test } from "vitest";
import { isConnectionError } from "./database-errors";
import { NoWritableHostError } from "./no-writable-host-error";

test.each([
  [
    "a connection that broke while a transaction held it",
    new Error("Client has encountered a connection error and is not queryable"),
    true,
  ],
  ["the same as a cause", new Error("failed", { cause: new Error("Connection terminated unexpectedly") }), true],
  ["a server that shuts down", Object.assign(new Error("no"), { code: "57P01" }), true],
  ["a host that has become a standby", Object.assign(new Error("cannot execute INSERT"), { code: "25006" }), true],
  ["hosts of which none takes writes", new NoWritableHostError([]), true],
  ["a full disk", Object.assign(new Error("could not extend file"), { code: "53100" }), true],
  ["a refused statement", Object.assign(new Error("duplicate key"), { code: "23505" }), false],
  ["a mistake of ours", new TypeError("x is undefined"), false],
])("%s", (_, error, isAway) => {
  expect(isConnectionError(error)).toBe(isAway);
});
