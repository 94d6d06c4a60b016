import { sharePath } from "@/components/receipts/share-path";
import { clientAddressInNext } from "@/lib/auth/client-address";
import { openSharedFile } from "@/lib/http/open-share-link";
import { receiptFileResponse } from "@/lib/http/receipt-file-response";
import { inConsole } from "@/lib/net/base-path";

/** The file of a shared receipt. A link that gives none leads to its page, which says why. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const opened = await openSharedFile(token, clientAddressInNext(request.headers));
  // Relative, because Next assumes it runs at localhost regardless of the public URL.
  return "file" in opened
    ? receiptFileResponse(opened.file, opened.receiptId)
    : new Response(null, { status: 303, headers: { Location: inConsole(sharePath(token)) } });
}
