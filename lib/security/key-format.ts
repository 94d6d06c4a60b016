import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

export const KEY_PREFIXES = { api: "daai_sk_", workspace: "daai_wk_" } as const;
export type KeyKind = keyof typeof KEY_PREFIXES;
/** A management key is none of an app's keys. */
const PREFIXES = { ...KEY_PREFIXES, management: "daai_mk_" } as const;
type AnyKeyKind = keyof typeof PREFIXES;

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 32 letters of base62: 190 random bits. */
const RANDOM_LENGTH = 32;
/** 62^6 > 2^32: room for a CRC-32. */
const CHECKSUM_LENGTH = 6;

/** A new key: prefix, 190 random bits and a checksum that tells a typo from a wrong key without asking the database. */
export function makeKey(kind: AnyKeyKind): string {
  let body: string = PREFIXES[kind];
  for (let i = 0; i < RANDOM_LENGTH; i++) body += BASE62[randomInt(BASE62.length)];
  return body + checksum(body);
}

export function isWellFormedKey(kind: AnyKeyKind, text: string): boolean {
  const prefix = PREFIXES[kind];
  if (text.length !== prefix.length + RANDOM_LENGTH + CHECKSUM_LENGTH || !text.startsWith(prefix)) return false;
  return checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

/** What may be shown of a key after its creation. */
export function keyHint(key: string): string {
  return `${key.slice(0, 8)}…${key.slice(-4)}`;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    text = BASE62.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
