import { getServerSession } from "next-auth";
import { cache } from "react";
import { findSession, type SessionUser } from "./find-session";
import { sessionTokenOptions } from "./session-token";

/** The signed-in person of this request, or null. Read once a request. */
export const getUser = cache(async (): Promise<SessionUser | null> => {
  const session = await getServerSession(sessionTokenOptions());
  return session?.sessionId === undefined ? null : findSession(session.sessionId);
});
