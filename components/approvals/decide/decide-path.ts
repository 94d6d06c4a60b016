/** Returns the URL of a decision link's page, of what it sends to, or of one of its states ("?step=approve"). */
export function decidePath(token: string, rest: "answer" | "opened" | `?${string}` | "" = ""): string {
  const page = `/decide/${encodeURIComponent(token)}`;
  return rest === "answer" || rest === "opened" ? `${page}/${rest}` : page + rest;
}
