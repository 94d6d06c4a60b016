import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { bytes } from "@/lib/db/bytes";
import type { MailboxMessage } from "@/lib/db/generated/client";
import { openToken, sealToken } from "@/lib/security/seal-token";

// Must never change: stored bodies are encrypted with a key derived from it.
const PURPOSE = ["daai", "kept", "mail"].join(" ");

export interface MailBody {
  readonly html: string;
  readonly text: string;
}
const bodySchema = z.strictObject({ html: z.string(), text: z.string() });

/**
 * Encrypts both parts of an email for the mailbox, so that a copy of the database reveals none of their links. Compressed first, since
 * ciphertext doesn't compress.
 */
export function sealMailBody({ html, text }: MailBody): Uint8Array<ArrayBuffer> {
  return bytes(sealToken(deflateRawSync(JSON.stringify({ html, text })).toString("base64"), PURPOSE));
}

export function openMailBody({ sealedBody, html, text }: Pick<MailboxMessage, "sealedBody" | "html" | "text">): MailBody {
  // Stored by an earlier release and not encrypted yet.
  if (sealedBody === null) return { html: html ?? "", text: text ?? "" };
  return bodySchema.parse(JSON.parse(inflateRawSync(Buffer.from(openToken(sealedBody, PURPOSE), "base64")).toString("utf8")));
}
