import { isLoopbackUrl } from "./loopback";

/**
 * Whether a request that changes something was sent by a page of this console: its Origin (RFC 6454) must be the configured
 * public URL's. A missing Origin and "null" are refused. A console whose public URL is on the loopback interface may be
 * called by any of the loopback's names, on the same port.
 */
export function isSameOrigin(originHeader: string | null, publicUrl: string): boolean {
  if (originHeader === null || !URL.canParse(originHeader)) return false;
  const origin = new URL(originHeader);
  const own = new URL(publicUrl);
  if (origin.origin === own.origin) return true;
  return isLoopbackUrl(origin.href) && isLoopbackUrl(own.href) && origin.protocol === own.protocol && origin.port === own.port;
}
