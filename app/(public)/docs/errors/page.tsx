import type { Metadata } from "next";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { ErrorCodeEntry } from "@/components/site/error-code-entry";
import { ERROR_CODE_NAMES } from "@/lib/domain/error-codes";
import { PROBLEM_STATUSES } from "@/lib/http/problem-statuses";

export const metadata: Metadata = {
  title: "Error codes",
  description: "Every error code of the governance API: its HTTP status, what it means and what to do.",
};

/** Where the `type` of every problem answer points: each code has an anchor of its own name. */
export default function ErrorCodesPage() {
  const statuses = [...new Set(ERROR_CODE_NAMES.map((code) => PROBLEM_STATUSES[code]))].sort((a, b) => a - b);
  return (
    <div className="mx-auto max-w-[760px] px-5 sm:px-6">
      <SiteHeader />
      <main className="pb-16" id="main">
        <h1 className="pt-6 text-3xl tracking-display">Error codes</h1>
        <p className="mt-3 max-w-[68ch] text-lg text-muted">
          Each error of the API is a problem document (RFC 9457), <code className="font-mono text-md">application/problem+json</code>.
          Its <code className="font-mono text-md">code</code> is one of these names and never changes its meaning, its{" "}
          <code className="font-mono text-md">detail</code> says what to do about this very request, and its{" "}
          <code className="font-mono text-md">request_id</code> finds it in the log. A policy that says no is no error: it is
          a 200 with a decision.
        </p>
        {statuses.map((status) => (
          <section className="mt-8" key={status} aria-labelledby={`status-${status}`}>
            <h2 className="mb-2 text-sm text-muted tabular-nums" id={`status-${status}`}>
              HTTP {status}
            </h2>
            <dl className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-card">
              {ERROR_CODE_NAMES.filter((code) => PROBLEM_STATUSES[code] === status).map((code) => (
                <ErrorCodeEntry code={code} key={code} />
              ))}
            </dl>
          </section>
        ))}
      </main>
      <SiteFooter />
    </div>
  );
}
