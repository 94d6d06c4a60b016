/**
 * The path that the console is served below; empty on a host name of its own. next.config.mjs writes it into the pages, and
 * scripts/console/place-base-path.ts replaces it in built ones. So it may only be put in front of something: what a build
 * works out from it, such as whether it's empty, is fixed.
 */
const BASE_PATH = process.env.NEXT_PUBLIC_BASE_PATH ?? "";

/**
 * The address of one of the console's paths for a browser. Next adds it to its own links, router and redirects. Everything else needs
 * this: plain links, forms, frames, `fetch`, Location headers. Other addresses stay as they are.
 */
export function inConsole(address: string): string {
  return /^\/(?!\/)/.test(address) ? `${BASE_PATH}${address}` : address;
}

/** The way back: the console's own path in what a browser asked for. A proxy may have taken off the rest. */
export function ownPathname(pathname: string): string {
  return belowPath(BASE_PATH, pathname);
}

/** A path and its query as they are below `basePath`; unchanged where they aren't. */
export function belowPath(basePath: string, address: string): string {
  if (!address.startsWith(basePath)) return address;
  const rest = address.replace(basePath, "");
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : address;
}

/** What DAAI_PUBLIC_URL has after the host: empty for none. */
export function pathOfUrl(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, "");
}

/**
 * What a cookie of the console is called: below a path, a name of its own, because a browser also sends those of the whole host, and the
 * one that a server takes of two with the same name can be either.
 */
export function cookieName(publicUrl: string, name: string): string {
  const path = pathOfUrl(publicUrl);
  return path === "" ? name : `daai${path.replaceAll("/", ".")}.${name}`;
}

/** The Path of the console's cookies: those of other programs on the same host stay apart. */
export function cookiePath(publicUrl: string): string {
  return pathOfUrl(publicUrl) || "/";
}
