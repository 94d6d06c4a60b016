import { type NextRequest, NextResponse } from "next/server";
import { foreignOrigin } from "@/lib/auth/foreign-origin";
import { IS_SHOWN_HEADER, isShown, REQUEST_PATH_HEADER } from "@/lib/auth/request-path-header";
import { getEnv } from "@/lib/env";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";
import { foreignOriginResponse } from "@/lib/http/foreign-origin-response";
import { isMailFrame, MAIL_FRAME_POLICY } from "@/lib/http/mail-frame-policy";
import { pageHeaders } from "@/lib/http/page-headers";

/**
 * The API sets its own headers and needs no origin; files under _next/static carry nothing to protect. Below a path, the
 * second pattern doesn't match the start page.
 */
export const config = { matcher: ["/", "/((?!api$|api/|v1/|_next/static/|icon.svg$|favicon.ico$).*)"] };

const READING_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * What every page has in common: security headers with a fresh nonce, and no request that could change something from
 * anywhere but our own pages. What is behind it checks the origin again: this is the early answer, not the boundary.
 */
export function proxy(request: NextRequest): Response {
  const { DAAI_PUBLIC_URL, NODE_ENV } = getEnv();
  const why = READING_METHODS.has(request.method) ? null : foreignOrigin(request.headers.get("origin"));
  if (why !== null) return foreignOriginResponse(request, why);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = isMailFrame(request.nextUrl.pathname)
    ? MAIL_FRAME_POLICY
    : contentSecurityPolicy(nonce, { isDevelopment: NODE_ENV === "development" });
  // Next reads the nonce for its own scripts out of the policy on the request.
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set(REQUEST_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  headers.set(IS_SHOWN_HEADER, isShown(request.method, request.headers) ? "yes" : "no");
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(pageHeaders(request.nextUrl.pathname, DAAI_PUBLIC_URL))) {
    response.headers.set(name, value);
  }
  return response;
}
