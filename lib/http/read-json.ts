import { type JsonBody, parseJsonText } from "@/lib/domain/json/parse-json-text";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type ApiRequest } from "./api-request";

// RFC 8259 defines no parameter; charset is what many clients send anyway.
const JSON_MEDIA_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

// A byte order mark is kept, so that JSON.parse refuses it (RFC 8259, 8.1).
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a body as exactly one JSON object. Ambiguous input is refused, not repaired. */
export async function readJson(request: ApiRequest, maxBytes: number): Promise<JsonBody | Refusal> {
  const mediaType = request.headers["content-type"];
  if (mediaType !== "application/json" && !JSON_MEDIA_TYPE.test(mediaType ?? "")) {
    return refuse("unsupported_media_type", "Send the body as JSON, with Content-Type: application/json.");
  }
  if (!["identity", ""].includes((request.headers["content-encoding"] ?? "").trim().toLowerCase())) {
    return refuse("unsupported_content_encoding", "Send the body as it is, without Content-Encoding.");
  }
  const bytes = await request.readBody(maxBytes);
  if (bytes === "too_large") return refuseTooLarge(maxBytes);
  if (bytes === "incomplete") return refuse("invalid_json", "The body ended too early. Send all of it.");
  return parseJsonObject(bytes);
}

export function refuseTooLarge(maxBytes: number): Refusal {
  return refuse("body_too_large", `The body is larger than ${maxBytes.toLocaleString("en-US")} bytes. Send less.`, {
    fields: { limit: maxBytes },
  });
}

/** The part of readJson that parses the bytes. */
export function parseJsonObject(bytes: Uint8Array): JsonBody | Refusal {
  if (bytes.byteLength === 0) return refuse("invalid_json", "The body is empty. Send one JSON object.");
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuse("invalid_utf8", "The body isn't valid UTF-8. Encode the JSON text as UTF-8.");
  }
  return parseJsonText(text);
}
