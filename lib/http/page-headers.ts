import { isMailFrame } from "./mail-frame-policy";
import { readablePath } from "./readable-path";
import { transportSecurity } from "./transport-security";

/** Pages whose URL contains a link's token. */
const SECRET_ADDRESS = /^\/(decide\/|share\/|invitation\/|sign-in\/link$|sign-up\/confirm$|reset-password$)/;

/** A path for the log, without the token in it and without a query. */
export function loggablePath(pathname: string): string {
  return readablePath(pathname).replace(/^\/(decide|share|invitation)\/[^/]+/, "/$1/[token]");
}

/**
 * Returns a page's headers besides its content security policy. The URL of such a link is a secret, so it must not leak to caches or
 * referrers.
 */
export function pageHeaders(pathname: string, publicUrl: string): Record<string, string> {
  const isSecretAddress = SECRET_ADDRESS.test(readablePath(pathname));
  return {
    "X-Content-Type-Options": "nosniff",
    // The mailbox page shows a kept email in a frame.
    "X-Frame-Options": isMailFrame(pathname) ? "SAMEORIGIN" : "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": isSecretAddress || isMailFrame(pathname) ? "no-referrer" : "same-origin",
    ...(isSecretAddress && { "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow" }),
    ...transportSecurity(publicUrl),
  };
}
