import { expect, test } from "vitest";
import { decidesTheSame } from "@/lib/registered-actions/compare-drafts";
import { actionSchema, type Draft, draftOf, type NewAction } from "@/lib/registered-actions/schema";
import { storedDraft } from "@/lib/registered-actions/shadow-draft";
import { changesInForce, settingsInForce } from "./in-force";

const ABOVE_100 = { type: "require_approval_above_amount", threshold: "100" } as const;
const byRules = (when: string): NewAction["policy"] => ({
  type: "rules",
  rules: { rules: [{ name: "large", when, then: "block" }], otherwise: "allow" },
});
const settingsOf = (different: Partial<NewAction> = {}) =>
  actionSchema.parse({ name: "pay", title: "Pay", policy: ABOVE_100, ...different });

const settings = settingsOf({ policy: { ...ABOVE_100, changeableFields: [{ field: "amount", kind: "not_above" }] } });
const changesOf = (draft: Draft, from = settings) => changesInForce(from, draft).map(({ label, before, after }) => [label, before, after]);

test("what approvers may change stays the action's, and the rest of the draft is taken", () => {
  const draft = draftOf(settingsOf({ policy: { type: "always_block" }, riskLevel: "high", recipientField: "payee" }));
  const inForce = settingsInForce(settings, draft);
  expect(inForce).toMatchObject({ title: "Pay", riskLevel: "high", recipientField: "payee", policy: { type: "always_block" } });
  expect(inForce.policy.changeableFields).toEqual(settings.policy.changeableFields);
  expect(decidesTheSame(draft, draftOf(inForce))).toBe(true);
});

test("says what changes of the action: the policy in short, unless that reads the same, the risk and the recipient field", () => {
  expect(changesOf(draftOf(settingsOf()))).toEqual([]);
  expect(changesOf(draftOf(settingsOf({ policy: { type: "always_block" } })))).toEqual([
    ["Policy", "Requires approval above 100.00", "Blocks every run"],
  ]);
  const ofTotal = { type: "require_approval_above_amount", threshold: "500", amountField: "total" } as const;
  expect(changesOf(draftOf(settingsOf({ policy: ofTotal })))).toEqual([
    ["Policy", "Requires approval above 100.00", "Requires approval above 500.00"],
    ["Amount field", "amount", "total"],
  ]);
  // An admin has raised the risk since.
  expect(changesOf(draftOf(settingsOf({ riskLevel: "low", recipientField: "payee" })), settingsOf({ riskLevel: "critical" }))).toEqual([
    ["Risk", "critical", "low"],
    ["Recipient field", "default fields", "payee"],
  ]);
  const [[label, before, after] = []] = changesOf(
    draftOf(settingsOf({ policy: byRules("amount > 200") })),
    settingsOf({ policy: byRules("amount > 100") }),
  );
  expect(label).toBe("Rules");
  expect(before).toContain("amount > 100");
  expect(after).toContain("amount > 200");
});

test.each<[boolean, Partial<NewAction>]>([
  [true, {}],
  [true, { policy: { ...ABOVE_100, changeableFields: [] }, title: "Pay out" }],
  [false, { policy: { ...ABOVE_100, threshold: "101" } }],
  [false, { riskLevel: "high" }],
  [false, { recipientField: "payee" }],
])("decides the same: %s, with %j", (isSame, different) => {
  expect(decidesTheSame(draftOf(settings), draftOf(settingsOf(different)))).toBe(isSame);
});

test("a stored draft reads as it was given, and one of another release doesn't read", () => {
  const draft = draftOf(settings);
  expect(storedDraft({ draft: JSON.parse(JSON.stringify(draft)) as never })).toEqual(draft);
  expect(storedDraft({ draft: { ...draft, of: "another release" } })).toBeNull();
  expect(storedDraft({ draft: { policy: { type: "rules", rules: 7 } } })).toBeNull();
});
