import { belowPath, pathOfUrl } from "@/lib/net/base-path";

export interface MailLink {
  href: string;
  /** What it is for, as far as its path says. */
  label: string;
}

const ADDRESS = /https?:\/\/[^\s<>"')\]]+/g;

const LABELS: readonly (readonly [prefix: string, label: string])[] = [
  ["/decide/", "Open the decision page"],
  ["/sign-in", "Sign in with this link"],
  ["/sign-up", "Confirm the account"],
  ["/reset-password", "Choose a new password"],
  ["/invitation", "Open the invitation"],
  ["/join", "Open the invitation"],
];

/** The links of a mail's text that lead to this console; foreign ones stay text. As paths, so that they work under any name. */
export function mailLinks(text: string, publicUrl: string): MailLink[] {
  const paths = (text.match(ADDRESS) ?? []).flatMap((address) => {
    const trimmed = address.replace(/[.,;:!?]+$/, "");
    const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
    return url !== null && trimmed.startsWith(`${publicUrl}/`) ? [belowPath(pathOfUrl(publicUrl), `${url.pathname}${url.search}`)] : [];
  });
  // A browser reads two slashes as another host.
  const own = paths.filter((path) => !path.startsWith("//"));
  return [...new Set(own)].map((href) => ({ href, label: LABELS.find(([prefix]) => href.startsWith(prefix))?.[1] ?? "Open the link" }));
}
