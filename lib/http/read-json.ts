import { pathText } from "@/lib/contract/validation-issues";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { type ApiRequest } from "@/lib/http/api-request";
import { scanJson, type JsonFlaw } from "@/lib/http/json-scanner";

export interface JsonBody {
  readonly ok: true;
  readonly value: JsonObject;
  /** The exact text of each top-level member, as it was sent. */
  readonly memberText: Readonly<Record<string, string>>;
}

// RFC 8259 defines no parameter; charset is what many clients send anyway.
const JSON_MEDIA_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

// A byte order mark is kept, so that JSON.parse refuses it (RFC 8259, 8.1).
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a body as exactly one JSON object. Whatever could be understood in two ways is refused, not repaired. */
export async function readJson(request: ApiRequest, maxBytes: number): Promise<JsonBody | Refusal> {
  const mediaType = request.headers["content-type"];
  if (mediaType !== "application/json" && !JSON_MEDIA_TYPE.test(mediaType ?? "")) {
    return refuse("unsupported_media_type", "Send the body as JSON, with Content-Type: application/json.");
  }
  if (!["identity", ""].includes((request.headers["content-encoding"] ?? "").trim().toLowerCase())) {
    return refuse("unsupported_content_encoding", "Send the body as it is, without Content-Encoding.");
  }
  const bytes = await request.readBody(maxBytes);
  if (bytes === "too_large") {
    const limit = maxBytes.toLocaleString("en-US");
    return refuse("body_too_large", `The body is larger than ${limit} bytes; send less.`, { fields: { limit: maxBytes } });
  }
  if (bytes === "incomplete") return refuse("invalid_json", "The body ended too early; send it whole.");
  return parseJsonObject(bytes);
}

/** What readJson does once the bytes are there. */
export function parseJsonObject(bytes: Uint8Array): JsonBody | Refusal {
  if (bytes.byteLength === 0) return refuse("invalid_json", "The body is empty; send one JSON object.");
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuse("invalid_utf8", "The body is not valid UTF-8; encode the JSON text as UTF-8.");
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return refuse("invalid_json", "The body is not valid JSON; send one JSON object.");
  }
  if (!isJsonObject(value)) return refuse("not_an_object", "The body is JSON but not an object; send one JSON object.");
  const { flaw, memberText } = scanJson(text);
  return flaw ? refuseFlaw(flaw) : { ok: true, value, memberText };
}

function refuseFlaw({ code, path, problem }: JsonFlaw): Refusal {
  const place = pathText(path);
  const message = `${place === "" ? "The body" : place} ${problem}.`;
  return refuse(code, message, { fields: { errors: [{ path: place, message }] } });
}
