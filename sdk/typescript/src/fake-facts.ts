// What a fake reads of a proposal, by the rules of the console.

import { DEFAULT_CURRENCY_FIELD, readPath, readRecipient } from "@/lib/domain/policy/payload-fields";
import { amountFieldOf, type FakeAction } from "./fake-policies";
import type { WireObject } from "./models";

/** The name and ID of a fake's key. */
export const KEY = { id: "01890000-0000-7000-8000-000000000000", name: "fake" };

/** Who proposed, and what it came from. */
export interface Provenance {
  readonly actor: string | null;
  readonly source: { readonly type: string | null; readonly ref: string | null } | null;
}

/** The request wins over the same names in its payload, of which only texts are read. */
export function provenanceOf(call: {
  readonly payload: WireObject;
  readonly actor?: string | undefined;
  readonly source?: WireObject | undefined;
}): Provenance {
  const source = call.source ?? call.payload["source"];
  const [type, ref] = [textIn(source, "type"), textIn(source, "ref")];
  const actor = (call.actor ?? textIn(call.payload, "actor")) || null;
  return { actor, source: type === null && ref === null ? null : { type, ref } };
}

function textIn(object: unknown, name: string): string | null {
  if (typeof object !== "object" || object === null || Array.isArray(object) || !Object.hasOwn(object, name)) return null;
  const value = (object as WireObject)[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export interface ReadFields {
  readonly amountField: string;
  readonly currencyField: string;
  readonly recipient: string | null;
}

/** What an action reads of a payload. */
export function fieldsOf(action: FakeAction | undefined, payload: WireObject): ReadFields {
  return {
    amountField: amountFieldOf(action),
    currencyField: DEFAULT_CURRENCY_FIELD,
    recipient: readRecipient(payload as never, action?.recipientField ?? null),
  };
}

export function currencyOf(payload: WireObject): string | null {
  const currency = readPath(payload as never, DEFAULT_CURRENCY_FIELD);
  return typeof currency === "string" ? currency : null;
}
