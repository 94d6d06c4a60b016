import type { NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { clientAddressInNext } from "@/lib/auth/client-address";
import { visitorContext } from "@/lib/auth/contexts";
import { endSession } from "@/lib/auth/end-session";
import { sessionTokenOptions } from "@/lib/auth/session-token";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import { isConnectionError } from "@/lib/errors/database-errors";
import { logger } from "@/lib/logger";
import type { RefusedSignIn, SignInOutcome, SignInRequest } from "@/lib/users/sign-in-outcome";
import { signInWithLink } from "@/lib/users/sign-in-with-link";
import { signInWithPassword } from "@/lib/users/sign-in-with-password";

export function nextAuthOptions(): NextAuthOptions {
  return {
    ...sessionTokenOptions(),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "password",
        credentials: { email: {}, password: {} },
        authorize(credentials, message) {
          const request = requestOf(message);
          const { email, password } = credentials ?? {};
          return orThrow("password", request, signInWithPassword(visitorContext(), { email, password }, request));
        },
      }),
      CredentialsProvider({
        id: "link",
        credentials: { token: {} },
        authorize(credentials, message) {
          const request = requestOf(message);
          return orThrow("link", request, signInWithLink(visitorContext(), { token: credentials?.token }, request));
        },
      }),
    ],
    events: {
      signOut: ({ token }: { token?: { sessionId?: string } }) => endSession(token?.sessionId),
    },
  };
}

/**
 * next-auth hands a thrown message to the page as `error`: ours is the outcome's code, and when to try again. What a failure
 * says of itself is for the log.
 */
async function orThrow(method: "password" | "link", { clientAddress }: SignInRequest, signingIn: Promise<SignInOutcome>): Promise<User> {
  const outcome = await failFastIfDatabaseDown(signingIn).catch(refuseFailedSignIn);
  // For tools that ban addresses. Without what was typed: people also type passwords into the field for the address.
  if (outcome.ok) logger.info({ method, clientAddress, userId: outcome.userId }, "signed in");
  else logger.warn({ method, clientAddress, reason: outcome.code }, "sign-in refused");
  if (!outcome.ok) throw new Error(outcome.retryAt ? `${outcome.code} ${outcome.retryAt.toISOString()}` : outcome.code);
  return { id: outcome.userId, sessionId: outcome.sessionId };
}

function refuseFailedSignIn(error: unknown): RefusedSignIn {
  logger.error({ error }, "sign-in failed");
  return { ok: false, code: isConnectionError(error) ? "database_unavailable" : "internal_error" };
}

function requestOf(request: { headers?: Record<string, unknown> }): SignInRequest {
  const header = (name: string) => {
    const value = request.headers?.[name];
    return typeof value === "string" ? value : null;
  };
  return { userAgent: header("user-agent"), clientAddress: clientAddressInNext({ get: header }) };
}
