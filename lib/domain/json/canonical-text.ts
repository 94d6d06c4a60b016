/** JSON whose numbers are safe integers and whose member names are printable ASCII, so that it has one spelling only. */
export type CanonicalValue = string | number | boolean | null | readonly CanonicalValue[] | { readonly [name: string]: CanonicalValue };

/** What a text may contain. Each check throws a TypeError for anything else. */
interface Rules {
  readonly number: (value: number) => void;
  readonly name: (name: string) => void;
}

const ANY_JSON: Rules = {
  number: (value) => {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}`);
  },
  name: () => undefined,
};

const ONE_SPELLING: Rules = {
  number: (value) => {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      throw new TypeError("a canonical text holds safe integers only; write other numbers as strings");
    }
  },
  name: (name) => {
    if (!/^[\x20-\x7e]+$/.test(name)) throw new TypeError("a canonical text has printable ASCII names only");
  },
};

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The one JSON text of a value: members sorted, no blanks, numbers as integers only (amounts are strings). It is what
 * RFC 8785 (JSON Canonicalization Scheme) gives for such values, so that any implementation of that agrees byte for
 * byte. Throws on anything else: a receipt that two readers could read differently must not be written.
 */
export function canonicalText(value: CanonicalValue): string {
  return textOf(value, ONE_SPELLING);
}

/** The text of any JSON value by RFC 8785, also with numbers that have many spellings. */
export function jcsText(value: CanonicalValue): string {
  return textOf(value, ANY_JSON);
}

function textOf(value: CanonicalValue, rules: Rules): string {
  switch (typeof value) {
    case "string":
      return stringText(value);
    case "boolean":
      return String(value);
    case "number":
      rules.number(value);
      // RFC 8785 writes numbers as JavaScript does.
      return JSON.stringify(value);
    case "object":
      if (value === null) return "null";
      return isList(value) ? `[${value.map((item) => textOf(item, rules)).join(",")}]` : objectText(value, rules);
    default:
      throw new TypeError(`a canonical text cannot hold a value of type ${typeof value}`);
  }
}

function stringText(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new TypeError("a canonical text holds no lone surrogates");
  return JSON.stringify(value);
}

function objectText(value: { readonly [name: string]: CanonicalValue }, rules: Rules): string {
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      rules.name(name);
      return `${stringText(name)}:${textOf(value[name] as CanonicalValue, rules)}`;
    });
  return `{${members.join(",")}}`;
}

// Array.isArray alone does not narrow readonly arrays.
function isList(value: object): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}
