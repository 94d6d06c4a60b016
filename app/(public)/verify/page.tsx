import type { Metadata } from "next";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { VerifyEvidence } from "@/components/verify/verify-evidence";
import { isSignedIn } from "@/lib/auth/is-signed-in";
import { verifierKeyText } from "@/lib/domain/log/signed-note";
import { getLogKeys } from "@/lib/receipts/log/log-keys";

export const metadata: Metadata = {
  title: "Verify a receipt",
  description: "Verify a receipt, or a whole log of them, in your browser. Nothing is sent anywhere.",
  alternates: { canonical: "/verify" },
};

export default async function VerifyPage() {
  const [isKnown, { keys }] = await Promise.all([isSignedIn(), getLogKeys()]);
  return (
    <>
      <SiteHeader isSignedIn={isKnown} />
      <main className="mx-auto max-w-[760px] px-5 pt-6 pb-16 sm:px-6" id="main">
        <h1 className="text-2xl">Verify a receipt</h1>
        <p className="mt-2 max-w-[62ch] text-lg text-muted">
          Was it altered, and is it in the signed log? Your browser works it out. The file isn’t sent anywhere, and once this page has
          loaded it needs no connection.
        </p>
        <VerifyEvidence consoleKeys={keys.map(verifierKeyText)} />
      </main>
      <SiteFooter />
    </>
  );
}
