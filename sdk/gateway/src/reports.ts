import { type Members, type Message, membersOf } from "./messages";
import { beginningOf, sha256 } from "./payload-of";
import type { Settings } from "./settings";

const MAX_TEXT = 3_000;

/** The server's reply says that the tool failed. The client has it already. */
export class ToolFailed extends Error {
  override readonly name = "ToolFailed";
}

/**
 * What the gateway saw, for the receipt: sizes and hashes of what the server replied, and its texts if the settings say so. Throws a
 * ToolFailed for a reply that says so.
 */
export function reportOf({ result, error }: Message, { server, recordResults }: Settings, tool: string): Members {
  const failure = (what: string, reply: unknown, text: string) => {
    const whole = JSON.stringify(reply);
    const seen = `${what}: ${Buffer.byteLength(whole)} bytes, SHA-256 ${sha256(whole)}. observed_by: gateway`;
    return new ToolFailed(recordResults && text !== "" ? `${seen}. ${beginningOf(text, MAX_TEXT)}` : seen);
  };
  if (error !== undefined) throw failure("the server replied with an error", error, String(membersOf(error)["message"] ?? ""));
  const { content, structuredContent, isError } = membersOf(result);
  const parts = Array.isArray(content) ? content.map(membersOf) : [];
  const texts = parts.map(({ text }) => text).filter((text) => typeof text === "string");
  if (isError === true) throw failure("the server replied that the tool failed", result, texts.join("\n"));
  const whole = JSON.stringify(result);
  const seen = {
    observed_by: "gateway",
    server,
    tool,
    result: { bytes: Buffer.byteLength(whole), sha256: sha256(whole), parts: parts.length },
  };
  if (!recordResults) return seen;
  return {
    ...seen,
    text: beginningOf(texts.join("\n"), MAX_TEXT),
    ...(structuredContent !== undefined && { structured: beginningOf(JSON.stringify(structuredContent), MAX_TEXT) }),
  };
}
