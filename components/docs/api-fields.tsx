import { anchorOf } from "@/lib/docs/api-operations";
import type { ApiField } from "@/lib/docs/api-schema";
import { RichText } from "./rich-text";

/** More values than this are folded. */
const SHOWN_VALUES = 6;

/** The fields of a request or response, as a list to read from top to bottom. */
export function ApiFields({ title, fields, isRequest = false }: { title: string; fields: readonly ApiField[]; isRequest?: boolean }) {
  if (fields.length === 0) return null;
  return (
    <div>
      <h3 className="border-b border-line pb-1.5 text-sm text-muted">{title}</h3>
      <FieldRows fields={fields} isRequest={isRequest} />
    </div>
  );
}

export function FieldRows({ fields, isRequest = false }: { fields: readonly ApiField[]; isRequest?: boolean }) {
  return (
    <dl className="divide-y divide-line">
      {fields.map((field) => (
        <div className="py-2.5" key={field.name}>
          <dt className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-mono text-sm font-medium wrap-anywhere">{field.name}</span>
            <span className="text-xs text-muted">
              {field.refersTo === null ? field.type : <SchemaLink name={field.refersTo} type={field.type} />}
              {field.bounds === null ? "" : `, ${field.bounds}`}
            </span>
            {isRequest && field.isRequired ? <span className="text-xs font-medium text-wait">required</span> : null}
            {!isRequest && !field.isRequired ? <span className="text-xs text-subtle">may be absent</span> : null}
          </dt>
          <dd>
            {field.description === "" ? null : (
              <p className="mt-0.5 max-w-[72ch] text-md text-muted">
                <RichText text={sentence(field.description)} />
              </p>
            )}
            <Values values={field.values} />
            {field.fields.length === 0 ? null : (
              <div className="mt-2 rounded-lg border border-line bg-surface px-3">
                <FieldRows fields={field.fields} isRequest={isRequest} />
              </div>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function SchemaLink({ name, type }: { name: string; type: string }) {
  return (
    <>
      <a className="text-link" href={`#${anchorOf(name)}`}>
        {name}
      </a>
      {type.replace(/^(array of )?objects?/, "$1").trimEnd() === "" ? "" : ` ${type.replace("object", "").trim()}`}
    </>
  );
}

function Values({ values }: { values: readonly string[] }) {
  if (values.length === 0) return null;
  const list = (
    <p className="mt-1 flex flex-wrap gap-1">
      {values.map((value) => (
        <code key={value}>{value}</code>
      ))}
    </p>
  );
  if (values.length <= SHOWN_VALUES) return list;
  return (
    <details className="mt-1 text-sm">
      <summary className="cursor-pointer text-link">One of {values.length} values</summary>
      {list}
    </details>
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
