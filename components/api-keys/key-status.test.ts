import { expect, test } from "vitest";
import { keyStatus } from "./key-status";

const now = new Date("2026-11-25T12:00:00Z");
const [earlier, later] = [new Date("2026-11-25T11:00:00Z"), new Date("2026-11-25T13:00:00Z")];

test("a key works until it is revoked or its time is over", () => {
  expect(keyStatus({ revokedAt: null, expiresAt: null }, now)).toBe("active");
  expect(keyStatus({ revokedAt: null, expiresAt: later }, now)).toBe("ending");
  expect(keyStatus({ revokedAt: null, expiresAt: now }, now)).toBe("expired");
  expect(keyStatus({ revokedAt: earlier, expiresAt: later }, now)).toBe("revoked");
});
