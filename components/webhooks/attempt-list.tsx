import { ChevronDown } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { CodeBlock } from "@/components/ui/code-block";
import { Instant } from "@/components/ui/instant";
import type { ListedAttempt } from "@/lib/webhooks/list-deliveries";

/** Each attempt with its headers and response, the newest open. Works without JavaScript. */
export function AttemptList({ attempts, hasOlder }: { attempts: readonly ListedAttempt[]; hasOlder: boolean }) {
  return (
    <section aria-label="Attempts">
      <h3 className="mb-1.5 text-xs font-medium text-muted">Attempts</h3>
      <ul className="rounded-lg border border-line">
        {attempts.map((attempt, index) => (
          <li className="border-t border-line first:border-t-0" key={attempt.id}>
            <details className="group/attempt" open={index === 0}>
              <summary className="flex min-h-9 cursor-pointer list-none flex-wrap items-center gap-x-3 rounded-lg px-3.5 py-1 text-xs focus-visible:-outline-offset-2 max-md:min-h-11 [&::-webkit-details-marker]:hidden">
                <Instant at={attempt.attemptedAt} format="short" />
                <span className={`tabular-nums ${isTaken(attempt) ? "text-muted" : "text-stop"}`}>
                  {attempt.responseStatus ?? "no response"}
                </span>
                <span className="text-muted tabular-nums">{attempt.durationMs.toLocaleString("en-US")} ms</span>
                <ChevronDown
                  className="ml-auto size-4 flex-none text-subtle group-open/attempt:rotate-180"
                  strokeWidth={1.75}
                  aria-hidden="true"
                />
              </summary>
              <div className="grid gap-2 px-3.5 pb-3.5">
                {attempt.requestHeaders.length === 0 ? null : (
                  <CodeBlock title="Request headers" code={headerLines(attempt.requestHeaders)} />
                )}
                {attempt.error === null ? null : (
                  <p className="text-sm text-stop wrap-anywhere">
                    <VisibleText text={attempt.error} />
                  </p>
                )}
                {attempt.responseHeaders.length === 0 ? null : (
                  <CodeBlock title="Response headers">
                    <VisibleText text={headerLines(attempt.responseHeaders)} />
                  </CodeBlock>
                )}
                {attempt.responseStatus === null ? null : (
                  <CodeBlock title="Response body">
                    <ResponseBody body={attempt.responseBody} />
                  </CodeBlock>
                )}
              </div>
            </details>
          </li>
        ))}
      </ul>
      {hasOlder ? <p className="mt-1.5 text-xs text-muted">Only the newest {attempts.length} are shown.</p> : null}
    </section>
  );
}

function ResponseBody({ body }: { body: string | null }) {
  if (body === null) return "Erased with the personal data of the run.";
  return body === "" ? "Empty body." : <VisibleText text={body} />;
}

function isTaken({ responseStatus }: ListedAttempt): boolean {
  return responseStatus !== null && responseStatus >= 200 && responseStatus < 300;
}

function headerLines(headers: ListedAttempt["requestHeaders"]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join("\n");
}
