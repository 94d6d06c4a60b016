import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { UserContext } from "@/lib/security/context";
import { userContext } from "./contexts";
import type { SessionUser } from "./find-session";
import { getUser } from "./get-user";
import { REQUEST_PATH_HEADER } from "./request-path-header";

/** For pages and route handlers: the signed-in person, or a redirect to the sign-in page and back. */
export async function requireSessionUser(): Promise<SessionUser> {
  const user = await getUser();
  if (user) return user;
  const path = (await headers()).get(REQUEST_PATH_HEADER);
  redirect(path === null || path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

export async function requireUser(): Promise<UserContext> {
  return userContext(await requireSessionUser());
}
