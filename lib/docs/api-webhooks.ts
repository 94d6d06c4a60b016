import { type ApiDocument, type ApiParameter, anchorOf, contentFields, partsOf, readParameter } from "./api-operations";
import { type ApiField, referredName } from "./api-schema";

/** The webhook requests, grouped by events with the same body. */
export interface ApiWebhook {
  /** Its anchor: `run-webhook`. */
  readonly id: string;
  /** The name of the body's schema. */
  readonly name: string;
  readonly description: string;
  readonly events: readonly { readonly name: string; readonly summary: string }[];
  readonly body: readonly ApiField[];
}

/** What is the same for all of them. */
export interface ApiWebhooks {
  readonly webhooks: readonly ApiWebhook[];
  readonly headers: readonly ApiParameter[];
  readonly answers: readonly { readonly status: string; readonly description: string }[];
}

export function apiWebhooks(document: ApiDocument): ApiWebhooks {
  const parts = partsOf(document);
  const all = Object.entries(parts.webhooks).map(([name, { post }]) => ({
    name,
    post,
    schema: referredName(post.requestBody?.content?.["application/json"]?.schema ?? {}) ?? "",
  }));
  const first = all[0]?.post;
  return {
    webhooks: [...new Set(all.map(({ schema }) => schema))].map((name) => {
      const events = all.filter(({ schema }) => schema === name);
      return {
        id: anchorOf(name),
        name,
        description: parts.components.schemas[name]?.description ?? "",
        events: events.map((event) => ({ name: event.name, summary: event.post.summary })),
        body: contentFields(parts, events[0]?.post.requestBody),
      };
    }),
    headers: (first?.parameters ?? []).map(readParameter),
    answers: Object.entries(first?.responses ?? {})
      .map(([status, { description }]) => ({ status, description: description ?? "" }))
      .toSorted((a, b) => a.status.localeCompare(b.status)),
  };
}
