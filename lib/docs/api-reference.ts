import { openApiDocument } from "@/lib/contract/openapi";
import { getEnv } from "@/lib/env";
import { apiOperations, apiSharedSchemas } from "./api-operations";
import { apiWebhooks } from "./api-webhooks";

let reference: ReturnType<typeof makeReference> | undefined;

/** What the page of the API and its search show of this console. Made once, because that takes a tenth of a second. */
export function apiReference() {
  return (reference ??= makeReference());
}

function makeReference() {
  // The same that /api/openapi.json is made from.
  const document = openApiDocument(getEnv().DAAI_PUBLIC_URL);
  return { operations: apiOperations(document), webhooks: apiWebhooks(document), schemas: apiSharedSchemas(document) };
}
