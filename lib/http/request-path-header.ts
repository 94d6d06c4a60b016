/** Internal: set by the proxy on what it passes to Next, whose pages do not know the path and query they were asked for with. */
export const REQUEST_PATH_HEADER = "x-daai-request-path";
