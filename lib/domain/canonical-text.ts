/** JSON whose numbers are safe integers and whose member names are printable ASCII, so that it has one spelling only. */
export type CanonicalValue = string | number | boolean | null | readonly CanonicalValue[] | { readonly [name: string]: CanonicalValue };

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The one JSON text of a value: members sorted, no blanks, numbers as integers only (amounts are strings). It is what
 * RFC 8785 (JSON Canonicalization Scheme) gives for such values, so that any implementation of that agrees byte for
 * byte. Throws on anything else: a receipt that two readers could read differently must not be written.
 */
export function canonicalText(value: CanonicalValue): string {
  switch (typeof value) {
    case "string":
      if (LONE_SURROGATE.test(value)) throw new TypeError("a canonical text holds no lone surrogates");
      return JSON.stringify(value);
    case "boolean":
      return String(value);
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        throw new TypeError("a canonical text holds safe integers only; write other numbers as strings");
      }
      return String(value);
    case "object":
      if (value === null) return "null";
      return isList(value) ? `[${value.map(canonicalText).join(",")}]` : objectText(value);
    default:
      throw new TypeError(`a canonical text cannot hold a value of type ${typeof value}`);
  }
}

function objectText(value: { readonly [name: string]: CanonicalValue }): string {
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      if (!PRINTABLE_ASCII.test(name)) throw new TypeError("a canonical text has printable ASCII names only");
      return `${JSON.stringify(name)}:${canonicalText(value[name] as CanonicalValue)}`;
    });
  return `{${members.join(",")}}`;
}

// Array.isArray alone does not narrow readonly arrays.
function isList(value: object): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}
