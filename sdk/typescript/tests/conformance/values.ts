import { isDeepStrictEqual } from "node:util";

/** What `$run`, `$token` and `$last` stand for, and what makes `$unique` keys new. */
export type Known = Record<string, unknown>;

const SPECIAL: Readonly<Record<string, (value: never) => unknown>> = {
  $repeat: ([text, times]: [string, number]) => text.repeat(times),
  $concat: (parts: string[]) => parts.join(""),
  $returns: (value: unknown) => () => value,
  $number: (text: string) => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text)),
};

/** Replaces the values of a case that JSON can't write down. */
export function fill(value: unknown, known: Known): unknown {
  if (typeof value === "string") return Object.hasOwn(known, value) ? known[value] : value;
  if (Array.isArray(value)) return value.map((item) => fill(item, known));
  if (typeof value !== "object" || value === null) return value;
  const [[name, inner] = ["", null]] = Object.entries(value);
  if (name === "$cycle") return cycle();
  if (name === "$unique") return `${String(inner)}:${String(known["$unique"])}`;
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name]?.(fill(inner, known) as never);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, known)]));
}

function cycle(): object {
  const made: { a?: object } = {};
  made.a = made;
  return made;
}

/** Yields what differs. An object is compared by the members that the case names, anything else as a whole. */
export function* differences(expected: unknown, actual: unknown, path: string): Generator<string> {
  if (isObject(expected) && isObject(actual)) {
    for (const [name, value] of Object.entries(expected)) yield* differences(value, memberOf(actual, name), `${path}.${name}`);
  } else if (!isDeepStrictEqual(snakeCase(actual), expected)) {
    yield `${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
  }
}

/** What the console sent keeps its names; what the client made of it has those of its language. */
function memberOf(actual: object, name: string): unknown {
  const members = actual as Record<string, unknown>;
  return name in actual ? members[name] : members[camelCase(name)];
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (!isObject(value)) return value;
  const toSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [toSnake(name), snakeCase(member)]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
