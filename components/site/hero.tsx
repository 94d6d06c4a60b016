import { ButtonAnchor } from "@/components/ui/button-anchor";
import { ButtonLink } from "@/components/ui/button-link";
import { ApprovalSample } from "./approval-sample";

/** What it is at the left, and what it looks like at the right. */
export function Hero({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <section className="grid items-center gap-x-12 gap-y-10 pt-8 pb-14 sm:pt-12 lg:gap-x-16 lg:pt-14 lg:pb-20 min-[960px]:grid-cols-[minmax(0,1fr)_420px] lg:grid-cols-[minmax(0,1fr)_460px]">
      <div className="max-[959px]:max-w-[640px]">
        <h1 className="text-3xl tracking-[-0.032em] sm:text-4xl lg:text-[3.25rem] lg:leading-[3.5rem]">Your agent asks before it acts</h1>
        <p className="mt-5 max-w-[52ch] text-lg leading-[26px] text-muted sm:text-lead">
          Before your agent refunds money, emails a customer or deletes a record, it asks the console. A policy you wrote decides, or a
          person does. Your app runs the action, and a receipt records what happened.
        </p>
        <div className="mt-7 flex flex-wrap gap-2.5 max-[419px]:grid">
          {isSignedIn ? (
            <ButtonAnchor href="/home" variant="primary" size="lg">
              Open the console
            </ButtonAnchor>
          ) : (
            <ButtonAnchor href="/sign-up" variant="primary" size="lg">
              Create a workspace
            </ButtonAnchor>
          )}
          <ButtonLink href="/docs/quickstart" size="lg">
            Read the quickstart
          </ButtonLink>
        </div>
        <p className="mt-6 text-md text-muted">Open source under the MIT license. Runs on your own machine with one command.</p>
      </div>
      <ApprovalSample />
    </section>
  );
}
