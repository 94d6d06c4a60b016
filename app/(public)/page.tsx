import { Lock, Scale, ShieldCheck, type LucideIcon } from "lucide-react";
import { FlowPicture } from "@/components/site/flow-picture";
import { FlowSteps } from "@/components/site/flow-steps";
import { GettingStarted } from "@/components/site/getting-started";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { ButtonLink } from "@/components/ui/button-link";
import { getEnv } from "@/lib/env";

export default function LandingPage() {
  return (
    <div className="mx-auto max-w-[1120px] px-5 sm:px-6">
      <SiteHeader isSignedIn={false} />
      <main id="main">
        <section className="max-w-[760px] pt-7 pb-8 sm:pt-14 sm:pb-10">
          <h1 className="text-3xl tracking-[-0.032em] sm:text-4xl">Your agent asks before it acts</h1>
          <p className="mt-4 max-w-[60ch] text-lg leading-[26px] text-muted sm:text-lead">
            Before an agent refunds money, mails a customer or deletes a record, it asks the console. A policy you wrote
            answers, or a person does. Your application runs the action, and a receipt keeps what happened.
          </p>
          <div className="mt-6 flex flex-wrap gap-2">
            <ButtonLink href="#start" variant="primary" size="lg" isPlain>
              Make a workspace
            </ButtonLink>
            <ButtonLink href="/api/openapi.json" size="lg" isPlain>
              Read the API description
            </ButtonLink>
          </div>
        </section>
        <FlowPicture />
        <FlowSteps />
        <section className="grid gap-5 py-8 sm:py-10 md:grid-cols-3 md:gap-8">
          <Principle icon={Lock} title="It decides, your code runs">
            The console answers one question: may this run. It never runs it. Credentials and side effects stay in your
            application.
          </Principle>
          <Principle icon={Scale} title="No model decides">
            Policies are plain rules with versions. What a rule cannot read goes to a person, never straight through.
          </Principle>
          <Principle icon={ShieldCheck} title="A receipt for each decision">
            What was proposed, which policy applied, who answered and what your application reported, in a record that is
            only added to.
          </Principle>
        </section>
        <GettingStarted baseUrl={`${getEnv().DAAI_PUBLIC_URL}/api`} />
      </main>
      <SiteFooter />
    </div>
  );
}

function Principle({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: string }) {
  return (
    <div>
      <h2 className="mb-1.5 flex items-center gap-2 text-md">
        <Icon className="size-4 flex-none text-link" strokeWidth={1.75} aria-hidden="true" />
        {title}
      </h2>
      <p className="max-w-[60ch] text-md text-muted">{children}</p>
    </div>
  );
}
