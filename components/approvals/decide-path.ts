/** The page of a decision link, the address its forms are sent to, or the page in one of its states ("?step=approve"). */
export function decidePath(token: string, rest: "answer" | `?${string}` | "" = ""): string {
  const page = `/decide/${encodeURIComponent(token)}`;
  return rest === "answer" ? `${page}/answer` : page + rest;
}
