import { ownPathname } from "@/lib/net/base-path";
import { isSameOrigin } from "@/lib/net/is-same-origin";
import { foreignAddressMessage } from "@/lib/words/foreign-address-messages";
import { publicUrl } from "./public-url";

/** Whether the page was opened at an address where the console accepts nothing, with the page's correct URL. null: it wasn't. */
export function openedElsewhere(): { words: string; href: string } | null {
  if (isSameOrigin(location.origin, publicUrl())) return null;
  return {
    words: foreignAddressMessage(publicUrl(), location.origin),
    href: `${publicUrl()}${ownPathname(location.pathname)}${location.search}`,
  };
}
