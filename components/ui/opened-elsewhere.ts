import { isSameOrigin } from "@/lib/net/is-same-origin";
import { foreignAddressMessage } from "@/lib/words/foreign-address-messages";

/** The console's public address, as the page was drawn with it. */
const publicUrl = () => document.documentElement.dataset.publicUrl ?? location.origin;

/** That the page was opened at an address at which the console takes nothing, and the same page at the right one. null: all is well. */
export function openedElsewhere(): { words: string; href: string } | null {
  if (isSameOrigin(location.origin, publicUrl())) return null;
  return { words: foreignAddressMessage(publicUrl(), location.origin), href: `${publicUrl()}${location.pathname}${location.search}` };
}
