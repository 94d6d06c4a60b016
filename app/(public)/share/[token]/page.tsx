import type { Metadata } from "next";
import { headers } from "next/headers";
import { cache } from "react";
import { ClosedShare } from "@/components/receipts/closed-share";
import { receiptTitle } from "@/components/receipts/receipt-title";
import { sharePath } from "@/components/receipts/share-path";
import { SharedReceipt } from "@/components/receipts/shared-receipt";
import { clientAddressInNext } from "@/lib/auth/client-address";
import { IS_SHOWN_HEADER } from "@/lib/auth/request-path-header";
import { getEnv } from "@/lib/env";
import { openShareLink } from "@/lib/http/open-share-link";
import { receiptFileName } from "@/lib/receipts/document/receipt-file-name";

interface Props {
  params: Promise<{ token: string }>;
}

/** Once per request: the title and the page need the same data, and each read counts as an opening. */
const open = cache(async (token: string) => {
  const asked = await headers();
  return openShareLink(token, { clientAddress: clientAddressInNext(asked), isShown: asked.get(IS_SHOWN_HEADER) === "yes" });
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const shared = await open((await params).token);
  return {
    title: "document" in shared ? receiptTitle(shared.document) : "Shared receipt",
    robots: { index: false, follow: false },
    referrer: "no-referrer",
  };
}

/** A shared receipt. Works without an account and without JavaScript, and only reads. */
export default async function SharePage({ params }: Props) {
  const { token } = await params;
  const shared = await open(token);
  if (!("document" in shared)) return <ClosedShare why={shared} retryHref={sharePath(token)} />;
  return (
    <SharedReceipt
      shared={shared}
      downloadHref={sharePath(token, "download")}
      fileName={receiptFileName(shared.document.decision.id)}
      consoleUrl={getEnv().DAAI_PUBLIC_URL}
    />
  );
}
