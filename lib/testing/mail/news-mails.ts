/** What those who can confirm a policy change read. */
export const PROPOSED = {
  kind: "policy_proposed",
  email: "ben@example.com",
  link: "https://console.example.com/workspaces/a/actions/refund",
  change: { kind: "edit", action: { title: "Refund a customer" }, group: null },
  workspaceName: "Finance automations",
  proposedBy: "ann@example.com",
  comment: "Small refunds need nobody.",
  differences: [{ label: "Threshold", before: "100.00", after: "500.00" }],
} as const;

/** What the proposer reads. */
export const ANSWERED = {
  kind: "policy_answered",
  email: "ann@example.com",
  link: PROPOSED.link,
  change: PROPOSED.change,
  workspaceName: "Finance automations",
  outcome: "declined",
  endedBy: "ben@example.com",
  comment: "Too high.",
} as const;

/** What an owner reads of a grant. */
export const GIVEN = {
  kind: "grant_given",
  email: "ann@example.com",
  link: "https://console.example.com/workspaces/a/grants/b",
  actionTitle: "Refund a customer",
  workspaceName: "Finance automations",
  givenBy: "jo@halvorsen.example",
  facts: ["recipient", "payload.supplier.id"],
  limits: { currency: "EUR", amountEach: "500", total: "2000", maxUses: 10, endsAt: new Date("2026-11-25T14:45:00.000Z") },
  needsConfirmation: false,
} as const;

/** What its giver reads at its end. */
export const OVER = {
  kind: "grant_over",
  email: "jo@halvorsen.example",
  link: GIVEN.link,
  actionTitle: GIVEN.actionTitle,
  workspaceName: GIVEN.workspaceName,
  state: "used_up",
  reason: null,
  endedBy: null,
  uses: 10,
  maxUses: 10,
} as const;
