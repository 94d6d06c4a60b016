import { getEnv } from "@/lib/env";
import { ownPathname } from "@/lib/net/base-path";

const HEADERS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/** The 403 response to a foreign origin: plain text for scripts, a page with a link for browsers that sent a form. */
export function foreignOriginResponse(request: Request, why: string): Response {
  const isForm = request.headers.get("accept")?.includes("text/html") === true && !request.headers.has("next-action");
  if (!isForm) return new Response(`${why}\n`, { status: 403, headers: { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" } });
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
  return new Response(page(why, new URL(request.url).pathname), {
    status: 403,
    headers: {
      ...HEADERS,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy,
      "Referrer-Policy": "no-referrer",
    },
  });
}

/** Built without Next, so it is the same wherever the request was stopped. The link reloads the page; form input is not repeated. */
function page(why: string, path: string): string {
  const href = `${getEnv().DAAI_PUBLIC_URL}${ownPathname(path).replace(/\/(answer|opened)$/, "")}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Another address · DAAI Console</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.25rem;overflow-wrap:anywhere}</style>
<h1>Not at this address</h1>
<p>${inert(why)}</p>
<p><a href="${inert(href)}">Open it at the right address</a></p>
</html>
`;
}

function inert(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
