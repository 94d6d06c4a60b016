import type { NextAuthOptions, User } from "next-auth";
import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { cookieName, cookiePath, pathOfUrl } from "@/lib/net/base-path";
import { SESSION_MAX_AGE_SECONDS } from "./start-session";

declare module "next-auth" {
  interface Session {
    sessionId?: string;
  }
  interface User {
    sessionId: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sessionId?: string;
  }
}

/**
 * The content of next-auth's cookie: a signed and encrypted token whose only relevant part is the id of a row in `sessions`. Whether the
 * session is still valid, and whose it is, is read from the database on every request.
 */
export function sessionTokenOptions(): Pick<NextAuthOptions, "secret" | "session" | "callbacks" | "logger" | "cookies"> {
  return {
    secret: getEnv().NEXTAUTH_SECRET,
    // Anyone can send an invalid cookie. The code is logged, without the cause, which may quote the cookie.
    logger: { error: (code) => logger.warn({ code }, "next-auth"), warn: (code) => logger.warn({ code }, "next-auth"), debug: () => {} },
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_SECONDS },
    ...cookiesBelowPath(getEnv().DAAI_PUBLIC_URL),
    callbacks: {
      jwt: ({ token, user }: { token: { sessionId?: string }; user?: User }) => (user ? { ...token, sessionId: user.sessionId } : token),
      session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sessionId }),
    },
  };
}

/**
 * next-auth's cookies belong to the whole host. Below a path they are the path's, under names of their own, so that two consoles on one
 * host don't sign each other out. The prefix `__Host-`, which the CSRF token has otherwise, requires the whole host.
 */
function cookiesBelowPath(publicUrl: string): Pick<NextAuthOptions, "cookies"> {
  if (pathOfUrl(publicUrl) === "") return {};
  const secure = publicUrl.startsWith("https:");
  const cookie = (name: string) => ({
    name: `${secure ? "__Secure-" : ""}${cookieName(publicUrl, name)}`,
    options: { httpOnly: true, sameSite: "lax", path: cookiePath(publicUrl), secure },
  });
  return { cookies: { sessionToken: cookie("session-token"), callbackUrl: cookie("callback-url"), csrfToken: cookie("csrf-token") } };
}

/** The cookies in which next-auth keeps where to redirect afterwards. One that holds no URL makes it respond 500. */
export function callbackCookies(publicUrl: string): string[] {
  const below = cookiesBelowPath(publicUrl).cookies?.callbackUrl?.name;
  return below === undefined ? ["next-auth.callback-url", "__Secure-next-auth.callback-url"] : [below];
}
