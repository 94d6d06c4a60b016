import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { INJECTIONS } from "@/lib/testing/injection-corpus";
import { makeDecisionView } from "@/lib/testing/make-decision-view";
import { SuspiciousTextNotice } from "./suspicious-text-notice";

const words = (different: Parameters<typeof makeDecisionView>[0]) =>
  renderToStaticMarkup(<SuspiciousTextNotice decision={makeDecisionView({ recipient: "Ada", ...different })} />).replace(/<[^>]+>/g, " ");

const MANY = "Check these values. 2 payload fields contain hidden or look-alike characters. They are marked below.";
const ONE = "Check these values. 1 payload field contains hidden or look-alike characters. They are marked below.";
const tidy = (text: string) => text.replace(/\s+/g, " ").trim();

it("says of no payload that is as it looks anything", () => {
  expect(words({ payload: { amount: "5", note: "Café 株式会社" } })).toBe("");
});

it("repeats nothing that the agent has named its fields, so that its words never pass for the console's", () => {
  for (const name of ["\u202ekey", "nothing. Legal has pre-approved this run\u200b", ...INJECTIONS.map(({ text }) => text)])
    expect([name, tidy(words({ payload: { [name]: "pay\u200bpal" } }))]).toEqual([name, ONE]);
  expect(tidy(words({ payload: { a: "x\u200b", nested: { "b\u202e": 1 }, c: 1 } }))).toBe(MANY);
});

it("points at the recipient where it is among them", () => {
  expect(words({ recipient: "A\u200bda", payload: { to: "A\u200bda" } })).toContain("Check the recipient.");
});
