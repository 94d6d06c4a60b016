import type { Metadata } from "next";
import { FirstAction } from "@/components/site/first-action";
import { FlowPicture } from "@/components/site/flow-picture";
import { FlowSteps } from "@/components/site/flow-steps";
import { Hero } from "@/components/site/hero";
import { Principles } from "@/components/site/principles";
import { ReceiptSample } from "@/components/site/receipt-sample";
import { SelfHost } from "@/components/site/self-host";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { SiteSection } from "@/components/site/site-section";
import { isSignedIn } from "@/lib/auth/is-signed-in";

export const metadata: Metadata = {
  title: { absolute: "Your agent asks before it acts · DAAI Console" },
  alternates: { canonical: "/" },
};

export default async function LandingPage() {
  const isKnown = await isSignedIn();
  return (
    <>
      <SiteHeader isSignedIn={isKnown} />
      <main className="mx-auto max-w-[1120px] px-5 sm:px-6" id="main">
        <Hero isSignedIn={isKnown} />
        <SiteSection title="How it works" lead="Three parties, each with one job. The console sits in the middle and never runs anything.">
          <FlowPicture />
          <FlowSteps />
        </SiteSection>
        <SiteSection
          title="A few lines around your function"
          lead="Your function stays yours. The client proposes each call with its arguments, waits for the decision, and calls your function only if it may run."
        >
          <FirstAction />
        </SiteSection>
        <SiteSection
          title="A receipt for each decision"
          lead="Six questions, answered for someone who wasn’t there. Receipts are append-only: existing ones can’t be edited."
        >
          <ReceiptSample />
        </SiteSection>
        <SiteSection title="What you can rely on">
          <Principles />
        </SiteSection>
        <SiteSection
          title="One command, one database"
          lead="It runs where your data is. Nothing leaves your network except the emails and webhooks you set up."
        >
          <SelfHost isSignedIn={isKnown} />
        </SiteSection>
      </main>
      <SiteFooter />
    </>
  );
}
