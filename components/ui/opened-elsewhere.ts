import { isSameOrigin } from "@/lib/net/is-same-origin";
import { foreignAddressMessage } from "@/lib/words/foreign-address-messages";

/** The console's public URL, as the server rendered it. */
const publicUrl = () => document.documentElement.dataset.publicUrl ?? location.origin;

/** Whether the page was opened at an address where the console accepts nothing, with the page's correct URL. null: it wasn't. */
export function openedElsewhere(): { words: string; href: string } | null {
  if (isSameOrigin(location.origin, publicUrl())) return null;
  return { words: foreignAddressMessage(publicUrl(), location.origin), href: `${publicUrl()}${location.pathname}${location.search}` };
}
