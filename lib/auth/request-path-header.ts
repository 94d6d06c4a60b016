/** Internal: set by the proxy on what it passes to Next, whose pages do not know the path and query they were asked for with. */
export const REQUEST_PATH_HEADER = "x-daai-request-path";
/** Internal, too: "yes" when a browser shows the page, but not for HEAD requests and prefetches. */
export const IS_SHOWN_HEADER = "x-daai-is-shown";

export function isShown(method: string, headers: Headers): boolean {
  return (
    method === "GET" &&
    !/prefetch|prerender/i.test(`${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""}`) &&
    !headers.has("next-router-prefetch")
  );
}
