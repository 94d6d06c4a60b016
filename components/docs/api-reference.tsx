import { type ApiSharedSchema, anchorOf, type ApiOperation as Operation } from "@/lib/docs/api-operations";
import type { ApiWebhooks as Webhooks } from "@/lib/docs/api-webhooks";
import { FieldRows } from "./api-fields";
import { ApiOperation } from "./api-operation";
import { ApiWebhooks } from "./api-webhooks";
import { DocHeading } from "./doc-heading";
import { MethodMark } from "./method-mark";
import { RichText } from "./rich-text";

/** The OpenAPI document as a page: an index, the operations, the webhooks, the schemas that they share. */
export function ApiReference({
  operations,
  webhooks,
  schemas,
  baseUrl,
}: {
  operations: readonly Operation[];
  webhooks: Webhooks;
  schemas: readonly ApiSharedSchema[];
  baseUrl: string;
}) {
  return (
    <>
      <OperationIndex operations={operations} webhooks={webhooks} />
      <div className="mt-8">
        {operations.map((operation) => (
          <ApiOperation operation={operation} baseUrl={baseUrl} key={operation.id} />
        ))}
        <ApiWebhooks webhooks={webhooks} />
      </div>
      <h2 className="border-t border-line pt-10 text-xl tracking-title" id="schemas">
        Shared schemas
      </h2>
      <div className="mt-2 grid gap-x-10 lg:grid-cols-2">
        {schemas.map((schema) => (
          <section className="py-4" key={schema.name}>
            {schema.formerAnchor === null ? null : <span className="scroll-mt-20" id={schema.formerAnchor} />}
            <DocHeading level={3} id={anchorOf(schema.name)}>
              {schema.name}
            </DocHeading>
            {schema.description === "" ? null : (
              <p className="mt-0.5 text-md text-muted">
                <RichText text={schema.description} />
              </p>
            )}
            <FieldRows fields={schema.fields} />
          </section>
        ))}
      </div>
    </>
  );
}

function OperationIndex({ operations, webhooks: { webhooks } }: { operations: readonly Operation[]; webhooks: Webhooks }) {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <nav className="gap-x-10 rounded-xl border border-line bg-surface p-4 pb-0 sm:p-5 sm:pb-0 lg:columns-2" aria-label="Operations">
      {tags.map((tag) => (
        <div className="break-inside-avoid pb-5" key={tag}>
          <p className="mb-1.5 text-xs font-medium text-subtle">{tag}</p>
          <ul className="grid gap-0.5">
            {operations
              .filter((operation) => operation.tag === tag)
              .map((operation) => (
                <li key={operation.id}>
                  <a className="flex items-baseline gap-2 rounded-sm py-1 text-md hover:text-live" href={`#${operation.id}`}>
                    <span className="w-11 flex-none">
                      <MethodMark method={operation.method} />
                    </span>
                    {operation.summary}
                  </a>
                </li>
              ))}
          </ul>
        </div>
      ))}
      <div className="break-inside-avoid pb-5">
        <p className="mb-1.5 text-xs font-medium text-subtle">Webhooks</p>
        <ul className="grid gap-0.5">
          {webhooks.map(({ id, events }) => (
            <li key={id}>
              <a className="block rounded-sm py-1 font-mono text-sm hover:text-live" href={`#${id}`}>
                {events.map(({ name }) => name).join(", ")}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
