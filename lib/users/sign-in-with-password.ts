import { startSession } from "@/lib/auth/start-session";
import { emailSchema } from "@/lib/domain/access/email-address";
import { countAttempt } from "@/lib/limits/count-attempt";
import type { VisitorContext } from "@/lib/security/context";
import { verifyPassword } from "@/lib/security/hash-password";
import { refuseAttempt, type SignInOutcome, type SignInRequest } from "./sign-in-outcome";

/**
 * Starts a session. An unknown address takes as long as a wrong password, gets the same response and counts alike; a right password doesn't
 * count. Limits apply to the client, not the account, so strangers can't lock anyone out.
 */
export async function signInWithPassword(
  { db }: VisitorContext,
  credentials: { email: unknown; password: unknown },
  request: SignInRequest,
): Promise<SignInOutcome> {
  const email = emailSchema.safeParse(credentials.email);
  const password = typeof credentials.password === "string" ? credentials.password : "";
  const counted = await countAttempt(db, "sign_in", { email: email.data ?? "", client: request.clientAddress });
  if (!counted.ok) return refuseAttempt(counted);
  const user = email.success ? await db.user.findUnique({ where: { email: email.data } }) : null;
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !isRight) return { ok: false, code: "wrong_credentials" };
  await counted.giveBack(db);
  // Only after the correct password.
  if (user.disabledAt) return { ok: false, code: "account_disabled" };
  return { ok: true, userId: user.id, sessionId: await startSession(db, { user, method: "password", ...request }) };
}
