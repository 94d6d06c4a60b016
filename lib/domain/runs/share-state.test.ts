import { expect, it } from "vitest";
import { shareState } from "./share-state";

const NOW = new Date("2026-11-26T10:00:00.000Z");
const at = (ms: number) => new Date(NOW.getTime() + ms);

it.each([
  [null, null, "open"],
  [null, at(1), "open"],
  [null, NOW, "expired"],
  [null, at(-1), "expired"],
  [at(-1), null, "revoked"],
  [at(-5), at(-1), "revoked"],
  [at(-1), at(-5), "revoked"],
] as const)("revoked %s, ends %s: %s", (revokedAt, expiresAt, state) => {
  expect(shareState({ revokedAt, expiresAt }, NOW)).toBe(state);
});
