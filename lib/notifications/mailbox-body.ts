import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { bytes } from "@/lib/db/bytes";
import type { MailboxMessage } from "@/lib/db/generated/client";
import { openToken, sealToken } from "@/lib/security/seal-token";

// Never changes: the bodies that are stored were sealed with a key derived from it.
const PURPOSE = ["daai", "kept", "mail"].join(" ");

export interface MailBody {
  readonly html: string;
  readonly text: string;
}
const bodySchema = z.strictObject({ html: z.string(), text: z.string() });

/** Both parts of a mail as the mailbox keeps them: a copy of the database opens none of their links. Packed first, since sealed text does not pack. */
export function sealMailBody({ html, text }: MailBody): Uint8Array<ArrayBuffer> {
  return bytes(sealToken(deflateRawSync(JSON.stringify({ html, text })).toString("base64"), PURPOSE));
}

export function openMailBody({ sealedBody, html, text }: Pick<MailboxMessage, "sealedBody" | "html" | "text">): MailBody {
  // Kept by the release before, and not sealed yet.
  if (sealedBody === null) return { html: html ?? "", text: text ?? "" };
  return bodySchema.parse(JSON.parse(inflateRawSync(Buffer.from(openToken(sealedBody, PURPOSE), "base64")).toString("utf8")));
}
