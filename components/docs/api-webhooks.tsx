import { CodeBlock } from "@/components/ui/code-block";
import { Link } from "@/components/ui/link";
import type { ApiWebhooks as Webhooks } from "@/lib/docs/api-webhooks";
import { WEBHOOK_EXAMPLES } from "@/lib/docs/webhook-examples";
import { ApiFields } from "./api-fields";
import { DocHeading } from "./doc-heading";
import { RichText } from "./rich-text";

const STATUS_LABELS: Readonly<Record<string, string>> = { "2XX": "200 to 299", default: "anything else, or no response" };

/** What the console posts to addresses of the reader's own: what is the same for all, then each kind of body. */
export function ApiWebhooks({ webhooks: { webhooks, headers, answers } }: { webhooks: Webhooks }) {
  return (
    <section className="border-t border-line py-10 [&_h2]:text-xl [&_h2]:tracking-title">
      <DocHeading level={2} id="webhooks">
        Webhooks
      </DocHeading>
      <p className="mt-2.5 max-w-[72ch] text-md text-muted">
        The console posts these to your own endpoints. To create one, verify it and respond, see{" "}
        <Link className="text-link" href="/docs/webhooks" prefetch={false}>
          Webhooks
        </Link>
        .
      </p>
      <div className="mt-5 grid items-start gap-x-10 gap-y-5 lg:grid-cols-2">
        <ApiFields title="Headers" fields={headers} />
        <div>
          <h3 className="border-b border-line pb-1.5 text-sm text-muted">Your response</h3>
          <dl className="divide-y divide-line">
            {answers.map(({ status, description }) => (
              <div className="grid grid-cols-[8rem_1fr] gap-x-3 py-2 text-md" key={status}>
                <dt className="text-sm tabular-nums">{STATUS_LABELS[status] ?? status}</dt>
                <dd className="text-muted">{description}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
      {webhooks.map(({ id, name, description, events, body }) => (
        <section className="mt-8 grid items-start gap-x-10 gap-y-5 lg:grid-cols-2" key={id}>
          <div className="grid min-w-0 gap-4">
            <div>
              <DocHeading level={3} id={id}>
                {name}
              </DocHeading>
              {description === "" ? null : (
                <p className="mt-0.5 max-w-[72ch] text-md text-muted">
                  <RichText text={description} />
                </p>
              )}
              <dl className="mt-2.5 grid gap-1 text-md">
                {events.map((event) => (
                  <div className="flex flex-wrap gap-x-2" key={event.name}>
                    <dt>
                      <code>{event.name}</code>
                    </dt>
                    <dd className="text-muted">{event.summary}</dd>
                  </div>
                ))}
              </dl>
            </div>
            <ApiFields title="Body" fields={body} />
          </div>
          <div className="min-w-0 lg:sticky lg:top-20">
            <CodeBlock title={`POST, ${name}`} language="json" code={JSON.stringify(WEBHOOK_EXAMPLES[name] ?? {}, null, 2)} />
          </div>
        </section>
      ))}
    </section>
  );
}
