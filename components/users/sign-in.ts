import { failureMessage } from "@/components/ui/failure-messages";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { inConsole } from "@/lib/net/base-path";

const DETAILS: Record<string, string> = {
  wrong_credentials: "Incorrect email or password. Try again, or get a sign-in link by email.",
  account_disabled: "Your account is disabled. Ask the operator of this console.",
  invalid_link: "This link has expired or was already used. Request a new one.",
  too_many_attempts: "Too many attempts.",
  database_unavailable: "The console can’t reach its database, so nobody can sign in. Try again in a moment.",
};
const FAILED = "Couldn’t sign you in. Try again.";

/**
 * Signs in through next-auth's own address, as its browser part does, but without its other requests. The answer names the
 * outcome in the address that it would redirect to.
 */
export function signIn(provider: "password" | "link", credentials: Record<string, string>): Promise<{ ok: true } | Refusal> {
  return ask(provider, credentials).catch(
    (error: unknown): Refusal => ({ ok: false, code: "internal_error", detail: failureMessage(error) }),
  );
}

async function ask(provider: string, credentials: Record<string, string>): Promise<{ ok: true } | Refusal> {
  const { csrfToken } = (await (await fetch(inConsole("/api/auth/csrf"))).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...credentials, csrfToken, json: "true" });
  const answer = await fetch(inConsole(`/api/auth/callback/${provider}`), { method: "POST", body });
  const { url } = (await answer.json()) as { url: string };
  const error = new URL(url, window.location.origin).searchParams.get("error");
  if (error === null && answer.ok) return { ok: true };
  const [code = "", retryAt] = (error ?? "").split(" ");
  return {
    ok: false,
    code: "validation_failed",
    detail: DETAILS[code] ?? FAILED,
    ...(retryAt !== undefined && { fields: { retry_at: retryAt } }),
  };
}

/** Loads one of our pages as a new document, so that nothing of the signed-out state stays in memory. The returned promise never resolves. */
export function leaveTo(path: string): Promise<never> {
  window.location.assign(inConsole(path));
  return new Promise(() => undefined);
}
