/** The page of a decision link, the addresses it sends to, or the page in one of its states ("?step=approve"). */
export function decidePath(token: string, rest: "answer" | "opened" | `?${string}` | "" = ""): string {
  const page = `/decide/${encodeURIComponent(token)}`;
  return rest === "answer" || rest === "opened" ? `${page}/${rest}` : page + rest;
}
