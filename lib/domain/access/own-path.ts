/** The default page after signing in. */
export const HOME_PATH = "/home";

const PATH_MAX_LENGTH = 2000;
/** Any origin will do: what stays on it stays on ours. */
const ORIGIN = "https://console.invalid";
/** Pages for people who are not signed in, and addresses that are no pages. */
const NEVER = /^\/(sign-in|sign-up|forgot-password|reset-password|api|v1|events|_next)(\/|$)/i;

/**
 * The path to go to after signing in: the one that was asked for when it is one of this console's pages, else the home page.
 * Whatever a browser might read as another site's address is refused, also after it has tidied the path up ("/.//evil").
 */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > PATH_MAX_LENGTH) return HOME_PATH;
  if (!/^\/(?![/\\])/.test(wanted) || /[\\\u0000-\u0020\u007f-\u009f]/.test(wanted) || !URL.canParse(wanted, ORIGIN)) return HOME_PATH;
  const { origin, pathname, search, hash } = new URL(wanted, ORIGIN);
  if (origin !== ORIGIN || pathname.startsWith("//") || pathname === "/" || NEVER.test(pathname)) return HOME_PATH;
  return `${pathname}${search}${hash}`;
}

/** The address of one of the pages before signing in, keeping where to go afterwards. */
export function withNext(page: string, next: string): string {
  return next === HOME_PATH ? page : `${page}${page.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`;
}
