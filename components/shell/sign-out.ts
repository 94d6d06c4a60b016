import { inConsole } from "@/lib/net/base-path";

/** Ends this session on the server, then leaves the console. */
export async function signOut(to = "/sign-in"): Promise<void> {
  const answer = await fetch(inConsole("/api/auth/csrf"));
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  await fetch(inConsole("/api/auth/signout"), { method: "POST", body: new URLSearchParams({ csrfToken, json: "true" }) });
  // A full page load, so that no data of the last user stays in memory.
  window.location.assign(inConsole(to));
}
