import { encode } from "next-auth/jwt";
import { startSession } from "@/lib/auth/start-session";
import { getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";

/** Signs a person in without the form. Returns the session's id and the header of a browser that holds its cookie. */
export async function sessionCookie(userId: string): Promise<{ sessionId: string; headers: { Cookie: string } }> {
  const user = await getDb().user.findUniqueOrThrow({ where: { id: userId } });
  const sessionId = await startSession(getDb(), { user, method: "password", userAgent: "Test browser", clientAddress: "127.0.0.1" });
  const token = await encode({ token: { sessionId }, secret: getEnv().NEXTAUTH_SECRET });
  return { sessionId, headers: { Cookie: `next-auth.session-token=${token}` } };
}
