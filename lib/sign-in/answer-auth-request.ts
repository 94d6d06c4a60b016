import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { foreignOrigin } from "@/lib/auth/foreign-origin";
import { nextAuthOptions } from "./next-auth-options";

/** next-auth's own routes: they check a token against forged requests, and the origin is checked before it. */
export function answerAuthRequest(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> | Response {
  const why = request.method === "GET" ? null : foreignOrigin(request.headers.get("origin"));
  if (why !== null) return new Response(`${why}\n`, { status: 403 });
  return NextAuth(request, context, nextAuthOptions()) as Promise<Response>;
}
