import { expect, test } from "vitest";
import type { ReceiptDocument } from "./receipt-document";
import { withholdPayload } from "./withhold-payload";

const SECRET = "Marguerite";
const RULE = {
  type: "require_approval_above_amount",
  threshold: "100",
  currency: null,
  amountField: "amount",
  currencyField: "currency",
} as const;

function makeDocument(changed: Partial<ReceiptDocument> = {}): ReceiptDocument {
  const decision = { id: "1", body: "{}", leafHash: "", logIndex: 0, createdAt: new Date(0), says: { action: "refund", policy: RULE } };
  return {
    workspace: { id: "2", name: "Finance", clientName: "Halvorsen" },
    runId: "3",
    decision: decision as unknown as ReceiptDocument["decision"],
    votes: [],
    execution: null,
    revocation: null,
    erasure: null,
    proposal: `refund ${SECRET}`,
    title: "Refund",
    amount: { decimal: "1840", currency: "EUR" },
    recipient: SECRET,
    apiKeyName: "worker",
    reasoning: SECRET,
    source: { type: "ticket", ref: SECRET },
    policy: { explanation: `1,840.00 is above, says ${SECRET}.`, since: new Date(0), reason: "policy_amount_above_threshold" },
    askedEmails: [],
    reassignments: [],
    change: null,
    executionStatus: "executed",
    isInDoubt: false,
    resultRows: [{ path: "to", text: SECRET }],
    executionError: SECRET,
    payloadRows: [{ path: "customer", text: SECRET }],
    isWithheld: false,
    commitments: { payload: "matches", context: "matches" },
    ...changed,
  };
}

test("nothing that was read from the payload stays", () => {
  const withheld = withholdPayload(makeDocument());
  expect(JSON.stringify(withheld)).not.toMatch(/Marguerite|1,?840/);
  expect(withheld).toMatchObject({
    isWithheld: true,
    proposal: "refund",
    policy: { explanation: null },
    commitments: { payload: "withheld", context: "withheld" },
  });
});

test("a rule that reads no payload is still explained", () => {
  const policy = {
    explanation: "The policy lets every run of this action through.",
    since: new Date(0),
    reason: "policy_always_allow",
  } as const;
  const { decision } = makeDocument();
  const document = makeDocument({
    policy,
    decision: { ...decision, says: { ...decision.says, policy: { ...RULE, type: "always_allow" } } },
  });
  expect(withholdPayload(document).policy).toEqual(policy);
});

test("what was erased is still said to be erased, and what was never there is not said to be withheld", () => {
  const erasure = {} as ReceiptDocument["erasure"];
  const document = makeDocument({
    erasure,
    proposal: "run refund (its data was erased)",
    commitments: { payload: "erased", context: null },
  });
  expect(withholdPayload(document)).toMatchObject({
    proposal: "run refund (its data was erased)",
    commitments: { payload: "erased", context: null },
  });
});
