import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { firstSeen } from "@/lib/net/first-seen";
import { isSameOrigin } from "@/lib/net/is-same-origin";
import { foreignAddressMessage, setPublicUrlMessage } from "@/lib/words/foreign-address-messages";

/**
 * Explains why a changing request from outside the console's own pages is refused; null when it comes from one of them. Usually someone
 * opened the console at another URL than the configured one, so the message says so, and the log does once per origin.
 */
export function foreignOrigin(originHeader: string | null): string | null {
  const { DAAI_PUBLIC_URL: publicUrl } = getEnv();
  if (isSameOrigin(originHeader, publicUrl)) return null;
  const opened = originHeader !== null && URL.canParse(originHeader) ? new URL(originHeader).origin : null;
  const words = foreignAddressMessage(publicUrl, opened);
  if (firstSeen("origin", String(opened)))
    logger.warn({ publicUrl, opened }, opened === null || opened === "null" ? words : `${words} ${setPublicUrlMessage(publicUrl, opened)}`);
  return `${words} Nothing was changed.`;
}
