/** Of these links the one that an address belongs to: the longest that it starts with. */
export function currentLink(links: readonly { href: string }[], pathname: string): string | null {
  const fitting = links.filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
  return fitting.sort((one, other) => other.href.length - one.href.length)[0]?.href ?? null;
}
