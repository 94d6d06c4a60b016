import { isMailFrame } from "./mail-frame-policy";
import { readablePath } from "./readable-path";
import { transportSecurity } from "./transport-security";

/** Pages whose address holds the token of a link. */
const SECRET_ADDRESS = /^\/(decide\/|share\/|invitation\/|sign-in\/link$|sign-up\/confirm$|reset-password$)/;

/** The headers of a page besides its content security policy. The address of such a link is a secret: it must stay where it is. */
export function pageHeaders(pathname: string, publicUrl: string): Record<string, string> {
  const isSecretAddress = SECRET_ADDRESS.test(readablePath(pathname));
  return {
    "X-Content-Type-Options": "nosniff",
    // A kept mail is shown in a frame of the console's own mailbox page.
    "X-Frame-Options": isMailFrame(pathname) ? "SAMEORIGIN" : "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": isSecretAddress || isMailFrame(pathname) ? "no-referrer" : "same-origin",
    ...(isSecretAddress && { "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow" }),
    ...transportSecurity(publicUrl),
  };
}
