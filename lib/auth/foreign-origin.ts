import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { firstSeen } from "@/lib/net/first-seen";
import { isSameOrigin } from "@/lib/net/is-same-origin";
import { foreignAddressMessage } from "@/lib/words/foreign-address-messages";

/**
 * Why a request that would change something is not taken, when it does not come from one of the console's own pages; null when it
 * does. Most often it is somebody who opened the console at another address than the settings name, so that is said, to them and, once
 * for each address, in the log.
 */
export function foreignOrigin(originHeader: string | null): string | null {
  const { DAAI_PUBLIC_URL: publicUrl } = getEnv();
  if (isSameOrigin(originHeader, publicUrl)) return null;
  const opened = originHeader !== null && URL.canParse(originHeader) ? new URL(originHeader).origin : null;
  const words = foreignAddressMessage(publicUrl, opened);
  if (firstSeen("origin", String(opened))) logger.warn({ publicUrl, opened }, words);
  return `${words} Nothing was changed.`;
}
