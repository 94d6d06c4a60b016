// Says in plain words what became of a run, for people and models: who decided, why, and what to do next. What others wrote (comments,
// names, addresses) is quoted data: on one line, with invisible characters escaped, and bounded. So it can neither end the quotation nor
// pass for the console's own words.

import { type CanonicalValue, jcsText } from "@/lib/domain/json/canonical-text";
import { memberOf, textIn } from "./errors";
import type { RunState, RunStatus } from "./models";

const MAX_COMMENT_CHARACTERS = 2_000;
const MAX_NAME_CHARACTERS = 320;
const MAX_CHANGES = 20;

const NOT_EXECUTED = "Not executed.";
const CHANGE_IT = "Do not repeat it unchanged.";
const ASK_AGAIN = "It can be proposed again as a new request.";
const LEAVE_IT = "Do not repeat it.";

/** By the reason: what happened, and what to do next. */
const ENDINGS = new Map([
  ["rejected_by_human", ["Rejected", CHANGE_IT]],
  ["manually_blocked_by_approver", ["Blocked", "Do not propose it again."]],
  ["approval_expired", ["Nobody decided in time, so the request expired", ASK_AGAIN]],
  ["withdrawn", ["Withdrawn", "Do not repeat it unless it is needed again."]],
  ["approval_revoked", ["The approval was revoked", CHANGE_IT]],
  ["approval_lapsed", ["The approval lapsed before the run was claimed", ASK_AGAIN]],
  ["unknown_action", ["Blocked because no action with this name is registered", LEAVE_IT]],
  ["inactive_action", ["Blocked because the action is inactive", "Do not repeat it until it is active."]],
  ["frozen", ["Blocked because it is frozen", "Propose it again after a person has thawed it."]],
  ["policy_always_block", ["Blocked by the policy", "Do not propose it again."]],
] as const);
/** Why a budget can't count a run. */
const UNREADABLE = new Map([
  ["amount", ": its amount can't be read"],
  ["currency", ": it is in another currency"],
  ["per_value", ": the value to count it by can't be read"],
]);
const LOST = new Map([
  ["already_claimed", `Another worker has claimed the run. Not executed by this call. ${LEAVE_IT}`],
  ["already_reported", `Another worker has reported the run. Not executed by this call. ${LEAVE_IT}`],
  ["action_inactive", `The action is inactive. ${NOT_EXECUTED} Do not repeat it until it is active.`],
]);

/** A run before it is explained. */
export type Unexplained = Omit<RunState, "explanation" | "changeExplanation" | "rateLimits"> &
  Partial<Pick<RunStatus, "inDoubt" | "decidedBy" | "comment">>;

/** The state of `run` in one line that a framework can pass to a model. */
export function explain(run: Unexplained): string {
  const { governanceStatus, executionStatus } = run;
  if (governanceStatus === "pending_approval") {
    const why = run.governanceReason === "budget_exceeded_requires_approval" ? ` because ${overBudget(run)}` : "";
    return `Pending approval${why}. ${NOT_EXECUTED} Do not propose it again while it is pending.`;
  }
  if (governanceStatus === "rejected" || governanceStatus === "blocked") return explainNo(run);
  if (executionStatus === "executed") return `Already executed and reported. ${LEAVE_IT}`;
  if (executionStatus === "failed") return `Already tried, and reported as failed. ${CHANGE_IT}`;
  if (run.inDoubt) return `In doubt: it may or may not have been executed. ${LEAVE_IT}`;
  if (run.frozen) return explainFrozen(null);
  const changed = explainChange(run);
  const allowed = run.grant ? "Allowed by a standing grant" : "Allowed";
  if (run.executable) return `${changed ?? sentence(governanceStatus === "approved" ? "Approved" : allowed, run)} Not executed yet.`;
  if (changed) return `${changed} Not executed by this call, which can't claim it. ${LEAVE_IT}`;
  return `It can't be claimed now. Not executed by this call. ${LEAVE_IT}`;
}

/** Who approved `run` with a change, what they changed and why. null: nothing was changed. */
export function explainChange(run: Unexplained): string | null {
  if (!run.payloadChanged) return null;
  const changed = changesOf(run, "to");
  return `${sentence("Approved with a change", run)}${changed ? ` Changed ${changed}.` : ""}`;
}

/** Why `run` couldn't be claimed after all: by the code and detail of the console's refusal. */
export function explainLostClaim(run: RunState, code: string | null, detail: string | null): string {
  return LOST.get(code ?? "") ?? (detail ? `${printable(first(detail, MAX_COMMENT_CHARACTERS))} ${NOT_EXECUTED}` : run.explanation);
}

/** Why a run that may run can't be claimed now. `reason` is what the person who froze it wrote. */
export function explainFrozen(reason: string | null): string {
  const words = reason?.trim() ? `: ${quoted(reason.trim())}` : "";
  return `Frozen${words}. ${NOT_EXECUTED} The same run can be executed after a person has thawed it.`;
}

/** The first characters of a text: whole code points, as the console counts them. */
export function first(text: string, most: number): string {
  return text.length <= most ? text : [...text].slice(0, most).join("");
}

/** In double quotes, on one line. Escapes quotes and characters that can't be seen. */
function quoted(text: string, most = MAX_COMMENT_CHARACTERS): string {
  const cut = first(text, most);
  return printable(JSON.stringify(cut === text ? text : `${first(text, most - 1)}…`));
}

/** Escapes what can't be seen: others' text must not control a terminal, or hide words from people. */
function printable(text: string): string {
  return text.replace(/(?! )[\p{C}\p{Z}]/gu, (one) => {
    const code = one.codePointAt(0) ?? 0;
    const short = { 9: "\\t", 10: "\\n", 13: "\\r" }[code];
    const hex = (kind: string, digits: number) => `\\${kind}${code.toString(16).padStart(digits, "0")}`;
    return short ?? (code < 0x100 ? hex("x", 2) : code < 0x10000 ? hex("u", 4) : hex("U", 8));
  });
}

function explainNo(run: Unexplained): string {
  if (run.governanceReason === "budget_exceeded_blocked") {
    return `${sentence(`Blocked because ${overBudget(run)}`, run)} ${NOT_EXECUTED} Do not repeat it before the budget has room again.`;
  }
  const verb = run.governanceStatus === "blocked" ? "Blocked by the policy" : "Rejected";
  const [ending, advice] = ENDINGS.get(run.governanceReason as "withdrawn") ?? [verb, CHANGE_IT];
  const proposed = memberOf(run.decision, "proposed_payload") == null ? "" : changesOf(run, "as");
  return `${sentence(ending, run)} ${NOT_EXECUTED}${proposed ? ` It would be accepted with ${proposed}.` : ""} ${advice}`;
}

/** 'amount to "1480", note to "Only one"': each new value as JSON, quoted and bounded. */
function changesOf({ decision }: Unexplained, verb: "to" | "as"): string {
  const changes = memberOf(decision, "changes");
  const texts = (Array.isArray(changes) ? changes.slice(0, MAX_CHANGES) : []).flatMap((change: unknown) => {
    const path = textIn(change, "path");
    if (path === null) return [];
    const names = path.split("/").slice(1);
    const field = names.map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");
    const value = memberOf(change, "value");
    const text =
      typeof value === "string"
        ? quoted(value, MAX_NAME_CHARACTERS)
        : printable(first(jcsText((value ?? null) as CanonicalValue), MAX_NAME_CHARACTERS));
    return [`${printable(first(field, MAX_NAME_CHARACTERS))} ${verb} ${text}`];
  });
  return texts.join(", ");
}

/** Which budget has no room for the run, how much of it is used, and why if the run can't be counted. */
function overBudget({ budget }: Unexplained): string {
  const [name, used, limit, currency, unreadable] = ["name", "used_before", "limit", "currency", "unreadable"].map((key) =>
    visible(budget, key),
  );
  const does = unreadable ? "can't be counted toward" : "goes over";
  if (!(name && used && limit)) return `it ${does} a budget`;
  const figures = printable(first(`${used} of ${limit} ${currency ?? "runs"}`, MAX_NAME_CHARACTERS));
  const why = UNREADABLE.get(unreadable ?? "") ?? "";
  return `it ${does} the budget ${quoted(name, MAX_NAME_CHARACTERS)} (${figures} used)${why}`;
}

/** `what`, by whom, and their words. */
function sentence(what: string, run: Unexplained): string {
  const { decision, receipt } = run;
  // Older consoles give no decision.
  const by = decision ? visible(decision, "by") : (visible(run, "decidedBy") ?? visible(receipt, "decided_by"));
  const comment = decision ? visible(decision, "comment") : (visible(run, "comment") ?? visible(receipt, "comment"));
  const rule = run.governanceReason.startsWith("rule_") && run.policyRule;
  const who = by
    ? ` by ${printable(first(by, MAX_NAME_CHARACTERS))}`
    : run.governanceReason === "withdrawn"
      ? " by the app"
      : rule
        ? `, rule ${quoted(rule, MAX_NAME_CHARACTERS)}`
        : "";
  const said = comment?.trim();
  return said ? `${what}${who}: ${quoted(said)}${/[.!?]$/.test(said) ? "" : "."}` : `${what}${who}.`;
}

function visible(body: unknown, name: string): string | null {
  const text = textIn(body, name);
  return text?.trim() ? text : null;
}
