import { DaaiPayloadError, memberOf } from "./errors";
import type { ClaimRequest, GovernedOptions, Proposal } from "./options";
import { checkText, isPlainObject, type JsonForm, type JsonObjectForm, jsonObject } from "./payload";

/** The body of a claim, or the part of a proposal that asks for one. The token is added later. */
export type ClaimBody = { readonly worker: string; readonly lease_seconds: number; payload?: JsonObjectForm; token?: string };

export type ProposalBody = {
  readonly action: string;
  readonly payload: JsonObjectForm;
  readonly idempotency_key: string;
  reasoning?: string;
  source?: JsonObjectForm;
  actor?: string;
  ask_again?: true;
  accepts_changes?: true;
  claim?: ClaimBody;
};

export const MAX_KEY_CHARACTERS = 256;
const DEFAULT_LEASE_SECONDS = 60;
const MAX_REASONING_CHARACTERS = 2_000;
const MAX_ACTOR_CHARACTERS = 200;

/** The body of an intercept. Throws a DaaiPayloadError, naming the path, for what the console would reject. */
export function proposalBody(proposal: Proposal, idempotencyKey: string): ProposalBody {
  const { action, payload, reasoning, source, actor, claim, askAgain, acceptsChanges } = proposal;
  const body: ProposalBody = {
    action: checkText(action, "action", 64, 1),
    payload: jsonObject(payload, "payload"),
    idempotency_key: checkKey(idempotencyKey),
  };
  if (reasoning != null) body.reasoning = checkText(reasoning, "reasoning", MAX_REASONING_CHARACTERS);
  if (source != null) body.source = jsonObject(source, "source");
  if (actor != null) body.actor = checkText(actor, "actor", MAX_ACTOR_CHARACTERS);
  // Only then: a console before version 0.3 rejects the field.
  if (askAgain) body.ask_again = true;
  if (acceptsChanges) body.accepts_changes = true;
  checkProvenance(body, "");
  // The console reads these names from the payload if the request doesn't have them.
  checkProvenance({ ...body.payload, ...body }, "payload.");
  if (claim != null) body.claim = claimBody(claim, "claim.");
  return body;
}

export function checkKey(key: unknown): string {
  return checkText(key, "idempotency_key", MAX_KEY_CHARACTERS, 1);
}

/** What a governed function proposes when it's called with `args`. */
export function payloadOf<A extends readonly unknown[]>(args: A, payload: GovernedOptions<A>["payload"]): unknown {
  if (typeof payload === "function") return (payload as (...args: A) => object)(...args);
  if (payload !== undefined) return payload;
  const [only] = args;
  if (args.length === 1 && (isPlainObject(only) || only instanceof Map)) return only;
  throw new DaaiPayloadError("payload", "isn't given, and the arguments aren't one object: pass payload");
}

/** Whether a value is its own JSON form, so that what JSON says of it can take its place. */
export function isPlainJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return true;
  if (Array.isArray(value)) return value.every(isPlainJson);
  return isPlainObject(value) && Object.values(value).every((member) => member === undefined || isPlainJson(member));
}

export function claimBody({ worker, leaseSeconds }: ClaimRequest, prefix = ""): ClaimBody {
  return { worker: checkText(worker ?? "", `${prefix}worker`, 200, 1), lease_seconds: checkLease(leaseSeconds, `${prefix}lease_seconds`) };
}

export function checkLease(seconds: number = DEFAULT_LEASE_SECONDS, path = "lease_seconds"): number {
  if (!Number.isInteger(seconds) || seconds < 5 || seconds > 3_600) {
    throw new DaaiPayloadError(path, "must be a whole number from 5 to 3,600");
  }
  return seconds;
}

function checkProvenance(members: { readonly [name: string]: JsonForm | ClaimBody | undefined }, prefix: string): void {
  const check = (name: string, text: unknown, max: number) => typeof text === "string" && checkText(text, prefix + name, max);
  check("reasoning", members["reasoning"], MAX_REASONING_CHARACTERS);
  check("actor", members["actor"], MAX_ACTOR_CHARACTERS);
  const source = members["source"];
  check("source.type", memberOf(source, "type"), 100);
  check("source.ref", memberOf(source, "ref"), 500);
}
