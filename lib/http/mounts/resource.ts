import type { Route } from "@/lib/http/route";

/** One path of the API with all its methods. */
export interface Resource {
  readonly path: string;
  /** GET also handles HEAD. */
  readonly routes: ReadonlyMap<string, Route>;
  /** The Allow header. */
  readonly allow: string;
}

/** The routes of one path, one per method. */
export function resourceOf(path: string, routes: readonly Route[]): Resource {
  const methods = routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return { path, routes: new Map(routes.map((route) => [route.method, route])), allow: [...methods, "OPTIONS"].join(", ") };
}
