import { clientAddressInNext } from "@/lib/auth/client-address";
import { getEnv } from "@/lib/env";
import { recordOpenedLink } from "@/lib/http/record-opened-link";
import { isSameOrigin } from "@/lib/net/is-same-origin";

/** The page's script reports here that the page is shown. The response reveals nothing, not even whether the link exists. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  if (isSameOrigin(request.headers.get("origin"), getEnv().DAAI_PUBLIC_URL))
    await recordOpenedLink(token, clientAddressInNext(request.headers));
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}
