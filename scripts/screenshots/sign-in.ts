import type { BrowserContext } from "playwright";

/** Over HTTP, as the form does it. */
export async function signIn(
  { request }: BrowserContext,
  origin: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const { csrfToken } = (await (await request.get(`${origin}/api/auth/csrf`)).json()) as { csrfToken: string };
  const answer = await request.post(`${origin}/api/auth/callback/password`, {
    headers: { Origin: origin },
    form: { csrfToken, email, password, json: "true" },
  });
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`);
}
