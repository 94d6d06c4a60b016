import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { isSameOrigin } from "@/lib/auth/is-same-origin";
import { getEnv } from "@/lib/env";
import { nextAuthOptions } from "./next-auth-options";

/** next-auth's own routes: they check a token against forged requests, and the origin is checked before it. */
export function answerAuthRequest(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> | Response {
  if (request.method !== "GET" && !isSameOrigin(request.headers.get("origin"), getEnv().DAAI_PUBLIC_URL)) {
    return new Response("This request did not come from one of the console's own pages, so nothing was changed.\n", { status: 403 });
  }
  return NextAuth(request, context, nextAuthOptions()) as Promise<Response>;
}
