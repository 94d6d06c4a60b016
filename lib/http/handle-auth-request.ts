import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { foreignOrigin } from "@/lib/auth/foreign-origin";
import { callbackCookies } from "@/lib/auth/session-token";
import { ownPath } from "@/lib/domain/access/own-path";
import { getEnv } from "@/lib/env";
import { cookiePath } from "@/lib/net/base-path";
import { nextAuthOptions } from "@/lib/sign-in/next-auth-options";
import { readForm } from "./mounts/read-form";
import { pageHeaders } from "./page-headers";

/** The routes our pages use. next-auth has more: its own pages, and routes only other providers need. */
const IN_USE: readonly string[] = ["GET csrf", "POST signout", "POST callback/password", "POST callback/link"];
const FIELDS = ["csrfToken", "email", "password", "token"];
const FORM_MAX_BYTES = 65_536;
type Context = { params: Promise<{ nextauth: string[] }> };

/** Handles next-auth's own routes. They check the CSRF token themselves; this checks the origin first. */
export async function handleAuthRequest(request: NextRequest, { params }: Context): Promise<Response> {
  const { nextauth } = await params;
  const response = await respond(request, nextauth);
  const headers = {
    ...pageHeaders(request.nextUrl.pathname, getEnv().DAAI_PUBLIC_URL),
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

async function respond(request: NextRequest, nextauth: string[]): Promise<Response> {
  const { DAAI_PUBLIC_URL } = getEnv();
  const path = nextauth.join("/");
  const [method = ""] = IN_USE.find((route) => route.split(" ")[1] === path)?.split(" ") ?? [];
  if (method === "") return plainText(404, "Path not found.");
  if (request.method !== method) return plainText(405, `Use ${method}.`, { Allow: method });
  if (callbackCookies(DAAI_PUBLIC_URL).some((name) => !isAddress(request.cookies.get(name)?.value)))
    return refuseAs(400, "unreadable_cookie", forgetCookies());
  const call = (init: ConstructorParameters<typeof NextRequest>[1]) =>
    NextAuth(
      new NextRequest(`${DAAI_PUBLIC_URL}/api/auth/${path}`, init),
      { params: Promise.resolve({ nextauth }) },
      nextAuthOptions(),
    ) as Promise<Response>;
  if (method === "GET") return call({});

  const why = foreignOrigin(request.headers.get("origin"));
  if (why !== null) return plainText(403, why);
  const form = await readForm(request, FORM_MAX_BYTES);
  if (form === null) return plainText(400, "Send an ordinary form.");
  const fields = FIELDS.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? ""]] : []));
  // As JSON, the response names the redirect target instead of redirecting.
  const body = new URLSearchParams([...fields, ["callbackUrl", ownPath(form.get("callbackUrl"))], ["json", "true"]]);
  const response = await call({ method, body });
  const { url } = (await response.clone().json()) as { url?: string };
  // next-auth reports a CSRF token from another browser this way, with a status that would pass for success.
  if (url !== undefined && new URL(url, DAAI_PUBLIC_URL).searchParams.has("csrf")) return refuseAs(403, "foreign_token");
  return response;
}

/** Refuses in the format next-auth uses for our pages' script, which then starts over. */
function refuseAs(status: number, error: string, headers?: HeadersInit): Response {
  const init = headers === undefined ? { status } : { status, headers };
  return Response.json({ url: `${getEnv().DAAI_PUBLIC_URL}/sign-in?error=${error}` }, init);
}

function plainText(status: number, sentence: string, headers: HeadersInit = {}): Response {
  const response = new Response(`${sentence}\n`, { status, headers });
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  return response;
}

function isAddress(value: string | undefined): boolean {
  if (value === undefined || value === "") return true;
  const base = value.startsWith("/") ? getEnv().DAAI_PUBLIC_URL : undefined;
  return URL.canParse(value, base) && /^https?:$/.test(new URL(value, base).protocol);
}

function forgetCookies(): Headers {
  const { DAAI_PUBLIC_URL } = getEnv();
  const headers = new Headers();
  for (const name of callbackCookies(DAAI_PUBLIC_URL))
    headers.append(
      "Set-Cookie",
      `${name}=; Path=${cookiePath(DAAI_PUBLIC_URL)}; Max-Age=0; HttpOnly; SameSite=Lax${name.startsWith("__Secure-") ? "; Secure" : ""}`,
    );
  return headers;
}
