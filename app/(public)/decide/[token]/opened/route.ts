import { clientAddressInNext } from "@/lib/auth/client-address";
import { getEnv } from "@/lib/env";
import { recordOpenedLink } from "@/lib/http/record-opened-link";
import { isSameOrigin } from "@/lib/net/is-same-origin";

/** Where the page's script says that somebody has the page before them. Tells nothing, not even whether there is such a link. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  if (isSameOrigin(request.headers.get("origin"), getEnv().DAAI_PUBLIC_URL))
    await recordOpenedLink(token, clientAddressInNext(request.headers));
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}
