import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import type { GovernanceReason } from "./governance-reasons";

/** What a rule may be set to. Only the amount policy has a threshold and a currency. */
export interface PolicySettings {
  /** A plain decimal; amounts above it go to a person. */
  threshold: string | null;
  /** When set, a payload with another currency, or none, goes to a person. Compared letter by letter. */
  currency: string | null;
  /** Dotted paths into the payload. */
  amountField: string;
  currencyField: string;
}

export type PolicyOutcome = "allowed" | "blocked" | "pending_approval";

export interface PolicyResult {
  outcome: PolicyOutcome;
  reason: GovernanceReason;
}

export interface PolicyCase {
  outcome: PolicyOutcome;
  text: string;
}

/** Part of a sentence: plain, or a name or value as it stands in the payload. */
export type StepPart = string | { code: string };

/** A payload that is worth trying, made from another one by changing what the policy looks at. */
export interface SamplePayload {
  /** The value as it stands in JSON, or words when there is none. */
  value: string | null;
  label: string;
  payload: JsonObject;
}

/** What a policy looks at in the payload, and so what there is to set. */
export type PolicyReads =
  | { readonly what: "nothing" }
  | { readonly what: "amount" }
  /** `asksWhen`: the value of the field that asks for a person. */
  | { readonly what: "signal"; readonly field: string; readonly asksWhen: boolean; readonly about: "recipient" | "action" };

/** All that the console has to know of a type of policy. */
export interface Policy {
  /** What it is called where one is chosen, and what it does, in one sentence. */
  readonly label: string;
  readonly text: string;
  /** The same for the documentation. */
  readonly does: string;
  readonly goodFor: string;
  /** The form offers those that never ask in a group of their own. */
  readonly asksPeople: "always" | "sometimes" | "never";
  readonly reads: PolicyReads;
  /** It fails safe: what it cannot read goes to a person, never straight through. */
  readonly evaluate: (settings: PolicySettings, payload: JsonObject) => PolicyResult;
  /** Short enough for a table: "Requires approval above 5,000.00 EUR". */
  readonly summary: (settings: PolicySettings) => string;
  /** Everything that it can decide, in the order in which people think of it. */
  readonly cases: (settings: PolicySettings) => PolicyCase[];
  /** The fields it looks at, in order. */
  readonly fields: (settings: PolicySettings) => string[];
  /** How it reads and compares, one sentence a step. */
  readonly steps: (settings: PolicySettings, payload: JsonObject) => StepPart[][];
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
