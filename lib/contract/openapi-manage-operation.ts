import { z } from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import type { ManagementScope } from "@/lib/domain/access/management-scopes";
import { idParamsSchema } from "./manage-pages";
import { callHeadersSchema, type ProblemStatus, problemResponses, SDK_HEADERS, textHeader } from "./openapi-responses";

/** The headers of a response whose state can be written back. */
export const ETAG = { ...SDK_HEADERS, ETag: textHeader("Identifies this state. Send it as If-Match to change nothing else.") };

/** The parameters of what is named by its id. */
export const ID = { path: idParamsSchema, header: callHeadersSchema };

export const ifMatchSchema = callHeadersSchema.extend({
  "If-Match": z.string().optional().meta({ description: "The ETag of the state that you read. Another state is 412." }),
});

export const ifNoneMatchSchema = callHeadersSchema.extend({ "If-None-Match": z.string().optional() });

export const NOT_MODIFIED = { description: "Nothing has changed since the ETag was issued." };

export const WRITES: ProblemStatus[] = [400, 409, 413, 415, 422];

/** An operation of the management API. */
export function manage(
  operationId: string,
  summary: string,
  scope: ManagementScope,
  operation: Omit<ZodOpenApiOperationObject, "operationId" | "summary" | "tags">,
): ZodOpenApiOperationObject {
  return {
    requestParams: { header: callHeadersSchema },
    ...operation,
    operationId,
    summary,
    tags: ["Management"],
    security: [{ managementKey: [scope] }],
    description: [operation.description, `Needs the scope \`${scope}\`.`].filter(Boolean).join(" "),
    responses: { ...operation.responses, ...problemResponses(401, 403, 429) },
  };
}

export function body(schema: z.ZodType) {
  return { required: true, content: { "application/json": { schema } } };
}
