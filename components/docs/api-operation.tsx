import { CodeBlock } from "@/components/ui/code-block";
import { API_EXAMPLES } from "@/lib/docs/api-examples";
import type { ApiOperation as Operation } from "@/lib/docs/api-operations";
import { curlExample } from "@/lib/docs/curl-example";
import { inConsole } from "@/lib/net/base-path";
import { ApiFields } from "./api-fields";
import { DocHeading } from "./doc-heading";
import { MethodMark } from "./method-mark";
import { RichText } from "./rich-text";

/** One operation: its parameters and responses at the left, an example of each at the right. */
export function ApiOperation({ operation, baseUrl }: { operation: Operation; baseUrl: string }) {
  const example = API_EXAMPLES[operation.operationId];
  const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
  const elsewhere = operation.parameters.filter((parameter) => parameter.in !== "path");
  return (
    <section className="grid items-start gap-x-10 gap-y-6 border-t border-line py-10 lg:grid-cols-2 [&_h2]:text-xl [&_h2]:tracking-title">
      <div className="grid min-w-0 gap-5">
        <div>
          <DocHeading level={2} id={operation.id}>
            {operation.summary}
          </DocHeading>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1">
            <MethodMark method={operation.method} />
            <span className="font-mono text-sm wrap-anywhere">{operation.path}</span>
          </p>
          {operation.description === "" ? null : (
            <p className="mt-2.5 max-w-[72ch] text-md text-muted">
              <RichText text={operation.description} />
            </p>
          )}
          {operation.keys !== "none" ? null : <p className="mt-2.5 text-sm text-muted">No keys needed.</p>}
        </div>
        <ApiFields title="In the path" fields={inPath} isRequest />
        <ApiFields title="Query and headers" fields={elsewhere} isRequest />
        <ApiFields title="Body" fields={operation.request} isRequest />
        <ApiFields title="Response, 200" fields={operation.responseFields} />
        <div>
          <h3 className="border-b border-line pb-1.5 text-sm text-muted">Other responses</h3>
          <dl className="divide-y divide-line">
            {operation.otherResponses.map(({ status, description }) => (
              <div className="grid grid-cols-[3rem_1fr] py-2 text-md" key={status}>
                <dt className="font-mono text-sm tabular-nums">
                  {status < 400 ? (
                    status
                  ) : (
                    <a className="text-link" href={inConsole(`/docs/errors#status-${status}`)}>
                      {status}
                    </a>
                  )}
                </dt>
                <dd className="text-muted">{description}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
      {example === undefined ? null : (
        <div className="grid min-w-0 gap-4 lg:sticky lg:top-20">
          <CodeBlock title="Request" language="bash" code={curlExample(operation, baseUrl, example)} />
          <CodeBlock title="Response" language="json" code={JSON.stringify(example.answer, null, 2)} />
        </div>
      )}
    </section>
  );
}
