import type { openApiDocument } from "@/lib/contract/openapi";
import { type ApiField, type ApiSchema, fieldOf, fieldsOf, referredName } from "./api-schema";

export interface ApiParameter extends ApiField {
  readonly in: string;
}

export interface ApiOperation {
  /** Its anchor: `get-run-status`. */
  readonly id: string;
  readonly operationId: string;
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly keys: "apps" | "management" | "none";
  readonly parameters: readonly ApiParameter[];
  readonly request: readonly ApiField[];
  readonly responseFields: readonly ApiField[];
  /** Its other responses, by status. */
  readonly otherResponses: readonly { readonly status: number; readonly description: string }[];
}

export interface ApiSharedSchema {
  readonly name: string;
  /** The anchor of an earlier name: links to it keep working. */
  readonly formerAnchor: string | null;
  readonly description: string;
  readonly fields: readonly ApiField[];
}

const FORMER_ANCHORS: Readonly<Record<string, string>> = { ClaimOptions: "claim-wish" };

export type ApiDocument = ReturnType<typeof openApiDocument>;

/** The part of the OpenAPI document that is read here, as JSON. */
interface Parts {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, ApiSchema>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

type Parameter = { in: string; name: string; required?: boolean; description?: string; schema: ApiSchema };

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Response;
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: ApiSchema }>>;
}

export function apiOperations(document: ApiDocument): ApiOperation[] {
  const parts = partsOf(document);
  return Object.entries(parts.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => readOperation(parts, path, method, operation)),
  );
}

/** The schemas that fields refer to, each described once. */
export function apiSharedSchemas(document: ApiDocument): ApiSharedSchema[] {
  const { schemas } = partsOf(document).components;
  const used = new Set(
    Object.values(schemas)
      .flatMap(fieldsOf)
      .map((field) => field.refersTo)
      .concat("Problem"),
  );
  return Object.entries(schemas)
    .filter(([name]) => used.has(name))
    .map(([name, schema]) => ({
      name,
      formerAnchor: FORMER_ANCHORS[name] ?? null,
      description: schema.description ?? "",
      fields: fieldsOf(schema),
    }));
}

/** `ClaimOptions` has the anchor #claim-options. */
export function anchorOf(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function readOperation(parts: Parts, path: string, method: string, operation: Operation): ApiOperation {
  const { "200": answer, ...others } = operation.responses;
  return {
    id: anchorOf(operation.operationId),
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    tag: operation.tags[0] ?? "",
    summary: operation.summary,
    description: operation.description ?? "",
    keys: operation.security === undefined ? "apps" : operation.security.length === 0 ? "none" : "management",
    parameters: (operation.parameters ?? []).map(readParameter),
    request: contentFields(parts, operation.requestBody),
    responseFields: contentFields(parts, answer),
    otherResponses: Object.entries(others).map(([status, response]) => ({
      status: Number(status),
      description: resolve(parts, response).description ?? "",
    })),
  };
}

export function readParameter({ name, schema, description, required, in: place }: Parameter): ApiParameter {
  return { ...fieldOf(name, { ...schema, description: description ?? schema.description ?? "" }, required ?? false), in: place };
}

/** The fields of requests and responses. */
export function contentFields(parts: Parts, response: Response | undefined): ApiField[] {
  const schema = response?.content?.["application/json"]?.schema ?? {};
  const name = referredName(schema);
  return fieldsOf(name === null ? schema : (parts.components.schemas[name] ?? {}));
}

function resolve(parts: Parts, response: Response): Response {
  const name = response.$ref?.split("/").at(-1);
  return name === undefined ? response : (parts.components.responses[name] ?? {});
}

/** What is served is JSON, and what is shown is what is served. */
export function partsOf(document: ApiDocument): Parts {
  return JSON.parse(JSON.stringify(document)) as Parts;
}
