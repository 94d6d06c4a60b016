import type { MailMessage } from "./mail-provider";

/** `Name <address>`, or the address alone: the settings have been checked for one of both. */
export function readSender(from: string): { name: string; address: string } {
  const [, name = "", address = from] = /^([^<>]*)<([^<>]+)>$/.exec(from) ?? [];
  return { name: name.trim(), address: address.trim() };
}

/** Under which Message-ID a delivery goes out, the same on every try. */
export function messageId(deliveryId: string, from: string): string {
  return `<${deliveryId}@${readSender(from).address.split("@").at(-1) ?? "localhost"}>`;
}

/** Headers that make mail programs group an email with the first one of its thread. Empty for the first one. */
export function threadHeaders({ idempotencyKey, from, thread = null }: MailMessage): Record<string, string> {
  if (thread === null || thread === idempotencyKey) return {};
  const first = messageId(thread, from);
  return { "In-Reply-To": first, References: first };
}
