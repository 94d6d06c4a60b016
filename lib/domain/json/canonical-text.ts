/** JSON whose numbers are safe integers and whose member names are printable ASCII, so that it has one spelling only. */
export type CanonicalValue = string | number | boolean | null | readonly CanonicalValue[] | { readonly [name: string]: CanonicalValue };

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The one JSON text of a value: members sorted, no blanks, numbers as integers only (amounts are strings). It is what
 * RFC 8785 (JSON Canonicalization Scheme) gives for such values, so that any implementation of that agrees byte for
 * byte. Throws a TypeError on anything else: a receipt that two readers could read differently must not be written.
 */
export function canonicalText(value: CanonicalValue): string {
  checkOneSpelling(value);
  return jcsText(value);
}

/** The text of any JSON value by RFC 8785, also with numbers that have many spellings. Throws a TypeError for what isn't JSON. */
export function jcsText(value: CanonicalValue): string {
  switch (typeof value) {
    case "string":
      if (LONE_SURROGATE.test(value)) throw new TypeError("JSON has no lone surrogates");
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`);
      // RFC 8785 writes numbers as JavaScript does.
      return JSON.stringify(value);
    case "boolean":
      return JSON.stringify(value);
    case "object":
      if (value === null) return "null";
      return isList(value) ? `[${value.map(jcsText).join(",")}]` : objectText(value);
    default:
      throw new TypeError(`JSON has no ${typeof value}`);
  }
}

function objectText(value: { readonly [name: string]: CanonicalValue }): string {
  const members = Object.keys(value)
    .sort()
    .map((name) => `${jcsText(name)}:${jcsText(value[name] as CanonicalValue)}`);
  return `{${members.join(",")}}`;
}

function checkOneSpelling(value: CanonicalValue): void {
  if (typeof value === "number" && (!Number.isSafeInteger(value) || Object.is(value, -0))) {
    throw new TypeError("a canonical text holds safe integers only; write other numbers as strings");
  }
  if (typeof value !== "object" || value === null) return;
  if (isList(value)) return value.forEach(checkOneSpelling);
  for (const [name, member] of Object.entries(value)) {
    if (!/^[\x20-\x7e]+$/.test(name)) throw new TypeError("a canonical text has printable ASCII names only");
    checkOneSpelling(member);
  }
}

// Array.isArray alone does not narrow readonly arrays.
function isList(value: object): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}
