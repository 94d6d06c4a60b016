/** The page of a link to a receipt, or the file that it gives. */
export function sharePath(token: string, rest: "download" | "" = ""): string {
  const page = `/share/${encodeURIComponent(token)}`;
  return rest === "" ? page : `${page}/${rest}`;
}
