import { startSession } from "@/lib/auth/start-session";
import { getDb } from "@/lib/db/client";
import { hashPassword, verifyPassword } from "./hash-password";
import { emailSchema } from "./schema";
import type { SignInOutcome, SignInRequest } from "./sign-in-outcome";

let decoy: Promise<string> | undefined;

/** Starts a session. An unknown address takes as long as a wrong password, and gets the same answer. */
export async function signInWithPassword(credentials: { email: unknown; password: unknown }, request: SignInRequest): Promise<SignInOutcome> {
  const email = emailSchema.safeParse(credentials.email);
  const password = typeof credentials.password === "string" ? credentials.password : "";
  const user = email.success ? await getDb().user.findUnique({ where: { email: email.data } }) : null;
  const isRight = await verifyPassword(user?.passwordHash ?? (await (decoy ??= hashPassword("nobody's password"))), password);
  if (!user?.passwordHash || !isRight) return { ok: false, code: "wrong_credentials" };
  return { ok: true, userId: user.id, sessionId: await startSession(getDb(), { user, method: "password", ...request }) };
}
