import { pathOfUrl } from "@/lib/net/base-path";

/** For the operator, after what people are told: what to change if the other address is the one that people should use. */
export function setPublicUrlMessage(publicUrl: string, opened: string): string {
  return `If people should open it there, set DAAI_PUBLIC_URL=${opened}${pathOfUrl(publicUrl)} and restart.`;
}

/** For people who opened the console at another URL than the configured one. null: the request doesn't say at which. */
export function foreignAddressMessage(publicUrl: string, opened: string | null): string {
  return opened === null || opened === "null"
    ? `This console is at ${publicUrl} (DAAI_PUBLIC_URL), but your browser did not report which address you opened.`
    : `This console is at ${publicUrl} (DAAI_PUBLIC_URL), but you opened ${opened}.`;
}
