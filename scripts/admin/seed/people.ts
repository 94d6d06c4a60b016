/** Invented names from many places, because histories are shown to people. */
export const CUSTOMERS = [
  "Acme GmbH",
  "Björn Åkesson AB",
  "Café Zoë",
  "Crème & Fils SARL",
  "Ćwikła sp. z o.o.",
  "Dvořák a synové",
  "Élodie Marchand",
  "Føroya Fisk P/F",
  "García e Hijos S.L.",
  "Głowacki Transport",
  "İstanbul Dokuma A.Ş.",
  "Jürgen Weiß",
  "København Kaffe ApS",
  "Łódź Tekstylia",
  "Müller & Söhne KG",
  "Nguyễn Thị Hương",
  "O'Brien & Daughters",
  "Ołena Шевченко",
  "Παπαδόπουλος ΑΕ",
  "Renée van der Ploeg",
  "São Paulo Móveis Ltda.",
  "Søren Kjær",
  "Товариство «Зоря»",
  "Yılmaz Ticaret",
  "Zsófia Szabó Kft.",
  "مكتبة النور",
  "株式会社さくら",
  "สมชาย ใจดี",
  "李小龙贸易",
  "김민준",
] as const;

export const APPROVERS = ["ada.approver@example.com", "bo.bakker@example.com", "chi.nguyen@example.com"] as const;

export const ACTORS = ["finance_agent", "support_agent", "crm_sync", "report_bot", "sales_assistant"] as const;

export const REASONINGS = [
  "The invoice is 14 days over and two reminders were sent.",
  "The customer wrote that the parcel arrived damaged and sent photos.",
  "The nightly report is due and the figures are complete.",
  "The record is a duplicate of an older one with the same tax number.",
  "The supplier's terms ask for payment within ten days.",
  "Requested in the weekly review; see the ticket.",
] as const;

export const COMMENTS = {
  approve: ["Checked with the customer.", "Looks right.", "Twice the usual amount, but agreed."],
  reject: ["Please wait for the credit note.", "Already paid yesterday.", "Not ours to refund."],
  block: ["The agent must not touch this customer.", "Stop: the figures are made up."],
} as const;

export const FAILURES = [
  "SMTPRecipientsRefused: 550 5.1.1 mailbox unavailable",
  "ConnectTimeout: the payment provider did not answer within 10 s",
  "ValueError: the invoice is closed",
  "HTTPStatusError: 502 Bad Gateway",
] as const;
