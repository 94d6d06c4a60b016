import type { Metadata } from "next";
import { DocArticle } from "@/components/docs/doc-article";
import { ErrorCodeEntry } from "@/components/docs/error-code-entry";
import { requireDocPage } from "@/lib/docs/doc-pages";
import { ERROR_CODE_NAMES } from "@/lib/domain/refusals/error-codes";
import { PROBLEM_STATUSES } from "@/lib/http/problem-statuses";

export const metadata: Metadata = {
  title: "Error codes · Docs",
  description: requireDocPage("errors").summary,
  alternates: { canonical: "/docs/errors" },
};

/** The `type` of every problem response links here: each code has an anchor with its name. */
export default function ErrorCodesPage() {
  const statuses = [...new Set(ERROR_CODE_NAMES.map((code) => PROBLEM_STATUSES[code]))].sort((a, b) => a - b);
  const sections = statuses.map((status) => ({ id: `status-${status}`, depth: 2, title: `HTTP ${status}`, text: "" }));
  return (
    <DocArticle slug="errors" sections={sections}>
      <p>
        Every API error is a problem document (RFC 9457), <code>application/problem+json</code>. Its <code>code</code> is one of these names
        and never changes its meaning, its <code>detail</code> describes this request, and its <code>request_id</code> finds it in the log.
        A policy’s no isn’t an error. It’s a 200 response with a decision.
      </p>
      {statuses.map((status) => (
        <section key={status} aria-labelledby={`status-${status}`}>
          <h2 className="mt-8 mb-2 text-sm text-muted tabular-nums" id={`status-${status}`}>
            HTTP {status}
          </h2>
          <dl className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-card">
            {ERROR_CODE_NAMES.filter((code) => PROBLEM_STATUSES[code] === status).map((code) => (
              <ErrorCodeEntry code={code} key={code} />
            ))}
          </dl>
        </section>
      ))}
    </DocArticle>
  );
}
