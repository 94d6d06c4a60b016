import type { NextAuthOptions, User } from "next-auth";
import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
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
 * What next-auth's cookie holds: a signed and encrypted token with the id of a row in `sessions`, and nothing else that counts.
 * Whether the session still stands, and who it belongs to, is read from the database on every request.
 */
export function sessionTokenOptions(): Pick<NextAuthOptions, "secret" | "session" | "callbacks" | "logger"> {
  return {
    secret: getEnv().NEXTAUTH_SECRET,
    // A cookie that is not ours is anybody's to send: the code is a line of the log, and what it stumbled over is none.
    logger: { error: (code) => logger.warn({ code }, "next-auth"), warn: (code) => logger.warn({ code }, "next-auth"), debug: () => {} },
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_SECONDS },
    callbacks: {
      jwt: ({ token, user }: { token: { sessionId?: string }; user?: User }) => (user ? { ...token, sessionId: user.sessionId } : token),
      session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sessionId }),
    },
  };
}
