import { expect, test } from "vitest";
import { readRecipient } from "./payload-fields";

/** Of a payload with that in `to`, with no field named by the action. */
test.each<[to: unknown, recipient: string | null]>([
  ["ada@example.com", "ada@example.com"],
  ["Ada Brandt <ada@example.com>", null],
  ["+49 30 901820", "+49 30 901820"],
  ["DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"],
  ["https://hooks.example.com/in", "https://hooks.example.com/in"],
  ["Ada Brandt", "Ada Brandt"],
  ["Nordlicht Café GmbH", "Nordlicht Café GmbH"],
  ["Café", "Café"],
  ["田中 花子", "田中 花子"],
  ["Ludwig van Beethoven", "Ludwig van Beethoven"],
  ["12.50", null],
  ["119.00", null],
  ["EUR 12.50", null],
  ["12.50 EUR", null],
  ["25%", null],
  ["2026-12-01", null],
  ["2026-12-01T10:00:00Z", null],
  ["10:30", null],
  ["v1.2.3", null],
  ["#40", null],
  ["closed", null],
  ["production", null],
  ["in progress", null],
  ["IN_PROGRESS", null],
  ["True", null],
  ["none", null],
  [" ", null],
  ["One line\nand another", null],
  ["A ".repeat(150), null],
  [12.5, null],
  [["ada@example.com"], null],
])("to %j is a recipient only when it reads as a person or an address", (to, recipient) => {
  expect(readRecipient({ to } as never, null)).toBe(recipient);
});

test.each<[payload: object, recipient: string | null]>([
  [{ from: "130.00", to: "119.00" }, null],
  [{ from: "Open", to: "Closed" }, null],
  [{ from: "Berlin", to: "ada@example.com" }, "ada@example.com"],
  [{ recipient: "acme" }, "acme"],
  [{ recipient: "12.50" }, null],
  [{ recipient: "false", email: "ada@example.com" }, "ada@example.com"],
  [{ supplier: { name: "3M" } }, "3M"],
  [{ supplier: "cus_8812" }, "cus_8812"],
  [{ to: "closed", email: "ada@example.com" }, "ada@example.com"],
])("%j", (payload, recipient) => {
  expect(readRecipient(payload as never, null)).toBe(recipient);
});

test("what the action names as its recipient is taken as it is", () => {
  expect(readRecipient({ from: "10.00", to: "12.50" }, "to")).toBe("12.50");
});
