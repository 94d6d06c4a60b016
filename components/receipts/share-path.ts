/** Returns the URL of a share link's page, or of its file. */
export function sharePath(token: string, rest: "download" | "" = ""): string {
  const page = `/share/${encodeURIComponent(token)}`;
  return rest === "" ? page : `${page}/${rest}`;
}
