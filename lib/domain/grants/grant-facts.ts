import { canonicalText } from "@/lib/domain/json/canonical-text";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { readAmount } from "@/lib/domain/policy/amounts";
import { fieldPaths } from "@/lib/domain/policy/payload-field-paths";
import { isFieldPath, readPath } from "@/lib/domain/policy/payload-fields";

/** What a grant can hold fixed, as rules call them. Fields of the payload are `payload.` and their path. */
const PLAIN_FACTS = ["recipient", "actor", "key", "source"] as const;
const FIELD_PREFIX = "payload.";

export const MAX_GRANT_FACTS = 20;

/** What a grant looks at in a run. */
export interface GrantedProposal {
  readonly payload: JsonObject;
  readonly recipient: string | null;
  readonly actor: string | null;
  /** The API key. Its name alone isn't unique. */
  readonly key: { readonly id: string; readonly name: string };
  readonly source: { readonly type: string | null; readonly ref: string | null } | null;
}

export function isFactName(name: string): boolean {
  return PLAIN_FACTS.some((fact) => fact === name) || (name.startsWith(FIELD_PREFIX) && isFieldPath(name.slice(FIELD_PREFIX.length)));
}

/** The facts of a proposal as canonical text. null: one of them isn't there, or is no plain value, so nothing is the same. */
export function factsText(names: readonly string[], proposal: GrantedProposal): string | null {
  const facts: Record<string, string> = {};
  for (const name of names) {
    const value = readFact(name, proposal);
    if (value === null) return null;
    facts[name] = value;
  }
  return canonicalText(facts);
}

/** A fact and what people read as its value. */
export interface GrantFact {
  readonly name: string;
  readonly value: string;
}

/** The facts that a text of `factsText` names, in the order of `names`. */
export function readFacts(names: readonly string[], text: string): GrantFact[] {
  const facts = JSON.parse(text) as Record<string, string>;
  return names.map((name) => ({ name, value: shown(name, facts[name] ?? '""') }));
}

/** What a person can hold fixed of a run. Its amount and currency have limits of their own. */
export function offeredFacts(proposal: GrantedProposal, except: { amountField: string; currencyField: string }): GrantFact[] {
  const fields = fieldPaths(proposal.payload).filter((path) => path !== except.amountField && path !== except.currencyField);
  return [...PLAIN_FACTS, ...fields.map((path) => `${FIELD_PREFIX}${path}`)].flatMap((name) => {
    const value = readFact(name, proposal);
    return value === null ? [] : [{ name, value: shown(name, value) }];
  });
}

/** As JSON, so that the number 1 and the text "1" differ. */
function readFact(name: string, proposal: GrantedProposal): string | null {
  switch (name) {
    case "recipient":
    case "actor":
      return textOf(proposal[name]);
    case "key":
      return JSON.stringify([proposal.key.name, proposal.key.id]);
    case "source": {
      const { type = null, ref = null } = proposal.source ?? {};
      return type === null && ref === null ? null : JSON.stringify([type, ref]);
    }
    default:
      return textOf(readPath(proposal.payload, name.slice(FIELD_PREFIX.length)));
  }
}

function textOf(value: JsonValue | undefined): string | null {
  if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(value);
  return typeof value === "string" && value.trim() !== "" ? JSON.stringify(value) : null;
}

function shown(name: string, text: string): string {
  const value = JSON.parse(text) as JsonValue;
  if (name === "key" && Array.isArray(value)) return String(value[0]);
  return Array.isArray(value) ? value.filter((part) => part !== null).join(" ") : String(value);
}

export interface GrantedAmount {
  readonly amount: string | null;
  readonly currency: string | null;
}

/** The amount that a grant counts; null when the payload has none. "unreadable": it has one that nobody can compare. */
export function readGrantedAmount(
  payload: JsonObject,
  { amountField, currencyField }: { amountField: string; currencyField: string },
): GrantedAmount | "unreadable" {
  const reading = readAmount(readPath(payload, amountField));
  const currency = readPath(payload, currencyField);
  if (reading.kind === "missing") return { amount: null, currency: null };
  if (reading.kind === "invalid" || !(currency === undefined || currency === null || typeof currency === "string")) return "unreadable";
  return { amount: reading.decimal, currency: currency ?? null };
}
