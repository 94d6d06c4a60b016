/**
 * Checks payloads before they are sent, so that an error names the path instead of a status code.
 *
 * JSON form of JavaScript values:
 *
 *     plain object, Map           object; keys must be strings; members that are undefined are left out, as JSON.stringify does
 *     array                       array
 *     string, boolean, null       themselves
 *     number                      itself; NaN, the infinities and integers beyond ±(2^53 − 1) are rejected: send a string
 *     bigint                      number within ±(2^53 − 1), rejected beyond
 *     Date                        RFC 3339 string in UTC
 *     anything with toJSON()      what that returns, so a Decimal or a URL becomes a string
 *
 * Anything else is rejected: Set, functions, symbols, other classes.
 */

import type { CanonicalValue } from "@/lib/domain/json/canonical-text";
import { FORBIDDEN_NAMES } from "@/lib/domain/json/json-scanner";
import { characterCount } from "@/lib/domain/text/character-count";
import { DaaiPayloadError } from "./errors";
import { first } from "./explanation";

export type JsonForm = CanonicalValue;
export type JsonObjectForm = { readonly [name: string]: JsonForm };

const MAX_JSON_BYTES = 16_384;
/** The console allows 32, of which the body around the payload is one. */
const MAX_DEPTH = 31;
const MAX_ERROR_CHARACTERS = 4_000;
const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * The JSON form of a plain object or a Map. At most 31 levels deep and 16,384 bytes of compact UTF-8 JSON. Throws a DaaiPayloadError with
 * the path, which starts at `root`.
 */
export function jsonObject(value: unknown, root: string): JsonObjectForm {
  const form = new Walk().convert(value, root, 1);
  if (!isPlainObject(form)) {
    throw new DaaiPayloadError(root, `must be an object, not ${kindOf(value)}`);
  }
  const size = new TextEncoder().encode(JSON.stringify(form)).length;
  if (size > MAX_JSON_BYTES) throw new DaaiPayloadError(root, `is ${count(size)} bytes of JSON; the limit is ${count(MAX_JSON_BYTES)}`);
  return form;
}

/** A string of so many characters, without NUL and lone surrogates. */
export function checkText(value: unknown, path: string, max: number, min = 0): string {
  if (typeof value !== "string") throw new DaaiPayloadError(path, `must be a string, not ${kindOf(value)}`);
  const characters = characterCount(value);
  if (characters < min || characters > max) {
    throw new DaaiPayloadError(path, `has ${count(characters)} characters; ${count(min)} to ${count(max)} are allowed`);
  }
  return sound(value, path);
}

/** Replaces what can't be sent, in messages of other code. */
export function wellFormed(text: string): string {
  return text.replaceAll("\0", "?").replace(LONE_SURROGATE, "?");
}

/** An error's message is cut rather than rejected: that it failed matters more than its last line. */
export function errorMessage(text: string): string {
  return first(wellFormed(text), MAX_ERROR_CHARACTERS);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Those of another realm too, such as a test runner's.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

class Walk {
  #valuesLeft = MAX_JSON_BYTES;

  convert(given: unknown, path: string, depth: number): JsonForm {
    let value = given;
    for (;;) {
      // Every value takes at least one byte. Counting them stops early on a huge structure, and on one that contains or returns itself.
      this.#valuesLeft -= 1;
      if (this.#valuesLeft < 0) throw new DaaiPayloadError(path, `exceeds the limit of ${count(MAX_JSON_BYTES)} bytes of JSON in total`);
      if (value === null || typeof value === "boolean") return value;
      if (typeof value === "string") return sound(value, path);
      if (typeof value === "number" || typeof value === "bigint") return exactNumber(value, path);
      if (typeof value !== "object") throw noJsonForm(value, path);
      if (value instanceof Date && Number.isNaN(value.getTime())) throw new DaaiPayloadError(path, "is an invalid Date");
      if (typeof (value as Partial<Date>).toJSON !== "function") break;
      value = (value as Date).toJSON();
    }
    if (depth > MAX_DEPTH) throw new DaaiPayloadError(path, `is nested deeper than ${MAX_DEPTH} levels`);
    // Array.from also visits the holes of an array.
    if (Array.isArray(value)) return Array.from(value, (item, at) => this.convert(item, `${path}[${at}]`, depth + 1));
    if (value instanceof Map) return this.object([...(value as Map<unknown, unknown>)], path, depth);
    if (isPlainObject(value)) return this.object(Object.entries(value), path, depth);
    throw noJsonForm(value, path);
  }

  private object(entries: readonly [unknown, unknown][], path: string, depth: number): JsonForm {
    const members: [string, JsonForm][] = [];
    for (const [name, value] of entries) {
      if (typeof name !== "string") throw new DaaiPayloadError(path, `has a key of type ${kindOf(name)}, not string`);
      if (value === undefined) continue;
      const here = IDENTIFIER.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
      if (FORBIDDEN_NAMES.has(name)) throw new DaaiPayloadError(here, "has a name that isn't allowed");
      members.push([sound(name, here), this.convert(value, here, depth + 1)]);
    }
    return Object.fromEntries(members);
  }
}

function exactNumber(value: number | bigint, path: string): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new DaaiPayloadError(path, `is ${number}, which JSON doesn't support`);
  if ((typeof value === "bigint" || Number.isInteger(value)) && !Number.isSafeInteger(number)) {
    throw new DaaiPayloadError(path, "is an integer beyond 2^53 - 1; send it as a string");
  }
  return number;
}

function sound(text: string, path: string): string {
  if (text.includes("\0")) throw new DaaiPayloadError(path, "contains a NUL character");
  if (text.search(LONE_SURROGATE) !== -1) throw new DaaiPayloadError(path, "contains a lone surrogate, which UTF-8 can't encode");
  return text;
}

function noJsonForm(value: unknown, path: string): DaaiPayloadError {
  return new DaaiPayloadError(path, `is of type ${kindOf(value)}, which has no JSON form`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const { constructor } = value;
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "object";
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
