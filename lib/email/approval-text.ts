import { moneyText } from "@/lib/domain/policy/money-text";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { inertLine, inertText } from "@/lib/domain/text/inert-text";
import { possessive } from "@/lib/domain/text/possessive";
import type { ApprovalExcerpt } from "./approval-excerpt";
import { MAX_WARNINGS, moreWords, type RowsExcerpt, restHeading } from "./mail-excerpt";

/** The plain-text part of an approval email, as complete as the HTML part. */
export function approvalText({ decision, words, read, rest }: ApprovalExcerpt, link: string): string {
  const { policy, reasoning, source } = decision;
  const actor = decision.actor === null ? "the agent" : inertLine(decision.actor);
  const sourceText = [source?.type, source?.ref].filter(Boolean).join(", ");
  const sections = [
    words.test === "" ? null : words.test,
    `${actor === "the agent" ? "The agent" : actor} wants to ${inertLine(decision.sentence)}`,
    ...(words.changed === null ? [] : [[inertLine(words.changed), ...warnings(words.changed, "")]]),
    ...(words.previous === null ? [] : [[inertLine(words.previous), ...warnings(words.previous, "")]]),
    [
      decision.amount === null ? null : `Amount: ${inertLine(moneyText(decision.amount))}`,
      decision.recipient === null ? null : `To: ${inertLine(decision.recipient)}`,
      words.risk,
      ...warnings([words.from, decision.actor ?? "", decision.sentence, decision.recipient ?? ""].join(" "), ""),
    ],
    ["Review and decide:", link],
    [words.deadline, inertLine(words.othersAsked)],
    [
      `In ${possessive(actor)} words, not verified by the console:`,
      reasoning === null ? "No reason given." : quotedLines(reasoning, "> "),
      sourceText === "" ? null : quotedLines(`Source: ${sourceText}`, "> "),
      ...warnings([reasoning ?? "", sourceText].join(" "), ""),
    ],
    [
      "Why your approval is needed:",
      inertText(policy.explanation),
      `Policy version ${policy.version} of ${decision.action.name}.`,
      ...rowLines(read),
    ],
    rest.rows.length === 0 ? null : [`${restHeading(rest)}:`, ...rowLines(rest)],
    ["-- ", inertLine(words.from), words.footer],
  ];
  return `${sections.flatMap((section) => (section === null ? [] : [joinLines(section)])).join("\n\n")}\n`;
}

function joinLines(section: string | readonly (string | null)[]): string {
  return typeof section === "string" ? section : section.filter((line) => line !== null).join("\n");
}

function rowLines({ rows, hidden }: RowsExcerpt): string[] {
  return [...rows.map(rowText), ...(hidden === 0 ? [] : [`  ${moreWords(hidden, "field")}`])];
}

function rowText({ path, text }: PayloadRow): string {
  const value = text === null ? "none" : inertText(text).replaceAll("\n", "\n    | ");
  return joinLines([`  ${inertLine(path)}: ${value}`, ...warnings(`${path} ${text ?? ""}`, "    ")]);
}

function warnings(text: string, indent: string): string[] {
  return inspectText(text)
    .warnings.slice(0, MAX_WARNINGS)
    .map((warning) => `${indent}Warning: ${inertLine(warning)}`);
}

/** Marks every line of the agent's text, so that none can pass for one of ours. */
function quotedLines(text: string, mark: string): string {
  return inertText(text)
    .split("\n")
    .map((line) => `${mark}${line}`)
    .join("\n");
}
