import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type JsonFlaw, scanJson, storageProblem } from "./json-scanner";
import { pathText } from "./path-text";

export interface JsonBody {
  readonly ok: true;
  readonly value: JsonObject;
  /** The exact text of each top-level member, as it was sent. */
  readonly memberText: Readonly<Record<string, string>>;
}

/** Parses a text as exactly one JSON object. Ambiguous input is refused, not repaired. */
export function parseJsonText(text: string): JsonBody | Refusal {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return refuse("invalid_json", "The body isn't valid JSON. Send one JSON object.");
  }
  if (!isJsonObject(value)) return refuse("not_an_object", "The body is JSON, but not an object. Send one JSON object.");
  const { flaw, memberText } = scanJson(text, { problemOf: storageProblem });
  return flaw ? refuseFlaw(flaw) : { ok: true, value, memberText };
}

function refuseFlaw({ code, path, problem }: JsonFlaw): Refusal {
  const place = pathText(path);
  const message = `${place === "" ? "The body" : place} ${problem}.`;
  return refuse(code, message, { fields: { errors: [{ path: place, message }] } });
}
