import { NOTHING, type SweepWorld, type Things } from "./sweep-world";

/** Ids that are none. */
export const MALFORMED: Things = {
  ...NOTHING,
  runId: "x",
  receiptId: "x",
  userId: "x",
  messageId: "x",
  actionName: "Not a name",
  webhookId: "x",
  channelId: "x",
};

/** null: nobody has signed in. */
export type Who = keyof SweepWorld["cookies"] | null;

/** What someone gets of a console: `in`, a way to sign in, or the page of what does not exist. */
export async function openPage(consoleUrl: string, world: SweepWorld, who: Who, path: string) {
  const ended = new AbortController();
  const answer = await fetch(consoleUrl + path, {
    headers: who === null ? {} : { Cookie: world.cookies[who] },
    redirect: "manual",
    signal: ended.signal,
  });
  // A stream of events has no end of its own.
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  const text = isStream ? "" : await answer.text();
  ended.abort();
  const isSignIn =
    answer.headers.get("location")?.startsWith("/sign-in") ?? (answer.status === 401 || text.includes('content="1;url=/sign-in'));
  return { outcome: isSignIn ? "sign in" : answer.status === 404 ? "missing" : "in", status: answer.status, text };
}
