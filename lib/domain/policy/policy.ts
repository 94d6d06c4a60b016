import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import type { GovernanceReason } from "./governance-reasons";
import type { RiskLevel } from "./risk-levels";
import type { Rule, RuleSet } from "./rules/rule-set";

/** What a rule may be set to. Only the amount policy has a threshold and a currency. */
export interface PolicySettings {
  /** A plain decimal; amounts above it go to a person. */
  threshold: string | null;
  /** When set, a payload with another currency, or none, goes to a person. Compared letter by letter. */
  currency: string | null;
  /** Dotted paths into the payload. */
  amountField: string;
  currencyField: string;
  /** Only the policy of rules has some. */
  rules?: RuleSet | null;
  /** SHA-256 of the rules' canonical text in hex, by which receipts name them; null while they aren't stored. */
  rulesHash?: string | null;
}

/** What is known of a proposal beside its payload. */
export interface Circumstances {
  readonly recipient: string | null;
  readonly actor: string | null;
  readonly source: { readonly type: string | null; readonly ref: string | null } | null;
  /** The name of the API key. */
  readonly key: string | null;
  readonly risk: RiskLevel | null;
  /** The database's time. */
  readonly now: Date | null;
}

export const POLICY_OUTCOMES = ["allowed", "blocked", "pending_approval"] as const;
export type PolicyOutcome = (typeof POLICY_OUTCOMES)[number];

export interface PolicyResult {
  outcome: PolicyOutcome;
  reason: GovernanceReason;
  /** The rule that decided; null when none applied. Other policies have no rules. */
  rule?: Rule | null;
  /** Of rules: which ask, or would if they could be read; null among them: what happens when none applies. */
  asking?: readonly (string | null)[];
}

export interface PolicyCase {
  outcome: PolicyOutcome;
  text: string;
}

/** Part of a sentence: plain text, or a name or value from the payload. */
export type StepPart = string | { code: string };

/** A payload that is worth trying, made from another one by changing what the policy looks at. */
export interface SamplePayload {
  /** The value as JSON, or a description when there is none. */
  value: string | null;
  label: string;
  payload: JsonObject;
}

/** What a policy looks at in the payload, and so what there is to set. */
export type PolicyReads =
  | { readonly what: "nothing" }
  | { readonly what: "amount" }
  | { readonly what: "rules" }
  /** `asksWhen`: the value of the field that asks for a person. */
  | { readonly what: "signal"; readonly field: string; readonly asksWhen: boolean; readonly about: "recipient" | "action" };

/** What is said of a type of policy. */
export interface PolicyWords {
  /** What it is called where one is chosen, and what it does, in one sentence. */
  readonly label: string;
  readonly text: string;
  /** The form lists policies that never ask in their own group. */
  readonly asksPeople: "always" | "sometimes" | "never";
  readonly reads: PolicyReads;
  /** Short enough for a table: "Requires approval above 5,000.00 EUR". */
  readonly summary: (settings: PolicySettings) => string;
  /** Everything that it can decide, in the order in which people think of it. */
  readonly cases: (settings: PolicySettings) => PolicyCase[];
}

/** All that the console has to know of a type of policy. */
export interface Policy extends PolicyWords {
  /** It fails safe: what it cannot read goes to a person, never straight through. */
  readonly evaluate: (settings: PolicySettings, payload: JsonObject, circumstances: Circumstances) => PolicyResult;
  /** The payload fields it looks at, in order. `rule`: only those of the rule that decided. */
  readonly fields: (settings: PolicySettings, rule?: string | null) => string[];
  /** How it reads and compares, one sentence a step. */
  readonly steps: (settings: PolicySettings, payload: JsonObject, circumstances: Circumstances) => StepPart[][];
  /** What people get wrong about it, each as a payload. */
  readonly samples: (settings: PolicySettings, base: JsonObject) => SamplePayload[];
  /** Values by field with which it asks a person, if it ever does. */
  readonly asking: (settings: PolicySettings) => Readonly<Record<string, JsonValue>>;
}

export function pending(reason: GovernanceReason): PolicyResult {
  return { outcome: "pending_approval", reason };
}

export function readStep(field: string, value: JsonValue | undefined, remark: string): StepPart[] {
  if (value === undefined) return ["Look for ", { code: field }, " in the payload: it is not there"];
  return ["Read ", { code: field }, " from the payload: ", { code: shortJson(value) }, remark];
}

function shortJson(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${[...text].slice(0, 57).join("")}…`;
}
