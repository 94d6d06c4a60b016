/** The run that the examples of the documentation tell of. */
export const RUN = "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae";

export const PAYLOAD = { invoice_id: "INV-1025", amount: "1250.00", currency: "EUR", to: "accounts@example.com" };
