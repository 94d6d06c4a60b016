import { userContext } from "@/lib/auth/contexts";
import { findSession } from "@/lib/auth/find-session";
import { getUser } from "@/lib/auth/get-user";
import { openLiveStream } from "@/lib/http/live-session";
import { orRefuseFailure } from "@/lib/http/or-refuse-failure";
import { getLiveAudience } from "@/lib/live/get-live-audience";

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  // no-transform: keeps proxies from buffering the events to compress them.
  "Cache-Control": "no-store, no-transform",
  // Turns off nginx's response buffering.
  "X-Accel-Buffering": "no",
};

/** The one stream of a tab: what has changed in what its reader may see. lib/http/live-stream.ts says how it reads. */
export async function GET(request: Request): Promise<Response> {
  const opened = await orRefuseFailure("opening a live stream", async () => ({ ok: true as const, user: await getUser() }));
  if (!opened.ok) return new Response(`${opened.detail}\n`, { status: opened.code === "database_unavailable" ? 503 : 500 });
  if (!opened.user) return new Response("Sign in to listen.\n", { status: 401 });
  if (request.method === "HEAD") return new Response(null, { headers: HEADERS });
  const { sessionId } = opened.user;
  const readAudience = async () => {
    const user = await findSession(sessionId);
    return user && getLiveAudience(userContext(user));
  };
  const stream = openLiveStream(sessionId, readAudience, { hasMissed: request.headers.has("last-event-id") });
  if (!stream) return new Response("Too many pages listen at the moment.\n", { status: 503, headers: { "Retry-After": "20" } });
  return new Response(stream, { headers: HEADERS });
}
