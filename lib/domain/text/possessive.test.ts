import { expect, it } from "vitest";
import { possessive } from "./possessive";

it.each([
  ["Acme", "Acme’s"],
  ["Halvorsen Logistics", "Halvorsen Logistics’"],
  ["ACME PAYMENTS", "ACME PAYMENTS’"],
  ["finance_agent", "finance_agent’s"],
])("%s becomes %s", (name, expected) => {
  expect(possessive(name)).toBe(expected);
});
