/** As much of JSON Schema as the document uses. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ApiSchema[];
  readonly items?: ApiSchema;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One row of a reference table. */
export interface ApiField {
  readonly name: string;
  /** The type in words: `string`, `object or null`, `array of strings`. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
  /** What it may be, when that is a list. */
  readonly values: readonly string[];
  /** Such as `1 to 256 characters`. */
  readonly bounds: string | null;
  /** The name of a shared schema, which has its own section. */
  readonly refersTo: string | null;
  readonly fields: readonly ApiField[];
}

export function fieldsOf(schema: ApiSchema): ApiField[] {
  return Object.entries(schema.properties ?? {}).map(([name, member]) => fieldOf(name, member, schema.required?.includes(name) ?? false));
}

export function fieldOf(name: string, schema: ApiSchema, isRequired: boolean): ApiField {
  const { inner, isNullable } = withoutNull(schema);
  const element = inner.type === "array" ? (inner.items ?? {}) : inner;
  return {
    name,
    type: `${typeText(inner)}${isNullable ? " or null" : ""}`,
    isRequired,
    description: schema.description ?? inner.description ?? "",
    values: (inner.const === undefined ? (inner.enum ?? []) : [inner.const]).map(String),
    bounds: boundsOf(inner),
    refersTo: referredName(element),
    fields: fieldsOf(element),
  };
}

export function referredName(schema: ApiSchema): string | null {
  return schema.$ref?.split("/").at(-1) ?? null;
}

function withoutNull(schema: ApiSchema): { inner: ApiSchema; isNullable: boolean } {
  const others = schema.anyOf?.filter((member) => member.type !== "null") ?? [];
  if (schema.anyOf !== undefined && others.length === 1) {
    return { inner: others[0] ?? {}, isNullable: others.length < schema.anyOf.length };
  }
  if (Array.isArray(schema.type)) {
    const types = (schema.type as string[]).filter((type) => type !== "null");
    return { inner: { ...schema, type: types.join(" or ") }, isNullable: types.length < schema.type.length };
  }
  return { inner: schema, isNullable: false };
}

function typeText(schema: ApiSchema): string {
  if (schema.$ref !== undefined) return "object";
  if (schema.format === "uuid") return "UUID";
  if (schema.format === "date-time") return "time";
  if (schema.type === "array") return `array of ${typeText(schema.items ?? {})}s`;
  return typeof schema.type === "string" ? schema.type : "any JSON value";
}

function boundsOf({ minLength, maxLength, minimum, maximum, type }: ApiSchema): string | null {
  if (maxLength !== undefined) {
    return minLength === undefined ? `at most ${text(maxLength)} characters` : `${minLength} to ${text(maxLength)} characters`;
  }
  // The bounds of safe integers are omitted as uninformative.
  if (minimum === undefined || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return null;
  return `${type === "integer" ? "whole number, " : ""}${text(minimum)} to ${text(maximum)}`;
}

const text = (value: number) => value.toLocaleString("en-US");
