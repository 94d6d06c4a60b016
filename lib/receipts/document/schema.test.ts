import { expect, test } from "vitest";
import { isReceiptFiltered, receiptFilterParams } from "@/lib/domain/log/receipt-filter";
import { parseReceiptFilter } from "./schema";

const NOTHING = { kinds: [], outcomes: [], actions: [], by: null, within: null, from: null, until: null };

test("a filter that cannot be read is left out, and the others stay", () => {
  expect(
    parseReceiptFilter({ kind: "decision", outcome: "lost,failed", action: "a\0b", by: "\ud800", from: "2026-11-25", until: ["x"] }),
  ).toEqual({ ...NOTHING, kinds: ["decision"], outcomes: ["failed"], from: "2026-11-25" });
});

test("an address is written so that it is read back the same, and the one of before still opens", () => {
  const filter = {
    ...NOTHING,
    kinds: ["decision", "erasure"],
    outcomes: ["approved"],
    actions: ["pay", "go"],
    by: "ann@",
    within: "7d",
  } as const;
  expect(parseReceiptFilter(Object.fromEntries(receiptFilterParams(filter)))).toEqual(filter);
  expect(parseReceiptFilter({ to: "2026-11-25" })).toEqual({ ...NOTHING, until: "2026-11-25" });
  expect([isReceiptFiltered(NOTHING), isReceiptFiltered(filter)]).toEqual([false, true]);
});
