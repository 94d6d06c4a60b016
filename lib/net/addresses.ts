import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Without a zone; IPv4 is IPv4 also where it is written as IPv6 (::ffff:…). null when the text is no address in its usual form. */
export function readAddress(text: string): Address | null {
  const plain = text.replace(/%.*$/, "");
  return isIP(plain) === 0 ? null : ipaddr.process(plain);
}

/** An address, or a network such as 10.0.0.0/8. */
export function isAddressRange(text: string): boolean {
  return readRange(text) !== null;
}

export function isInRanges(address: Address, ranges: readonly string[]): boolean {
  return readRanges(ranges).some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

type Range = readonly [network: Address, bits: number];

function readRange(text: string): Range | null {
  const [address = "", length, ...rest] = text.split("/");
  const network = readAddress(address);
  if (network === null || rest.length > 0) return null;
  const mostBits = network.kind() === "ipv4" ? 32 : 128;
  if (length === undefined) return [network, mostBits];
  // Of an IPv4 network that is written as IPv6, the first 96 bits are the way of writing.
  const bits = Number(length) - (isIP(address) === 6 ? 128 - mostBits : 0);
  return /^\d+$/.test(length) && bits >= 0 && bits <= mostBits ? [network, bits] : null;
}

const known = new WeakMap<readonly string[], readonly Range[]>();

/** Read once: the settings' lists stay the same, and every request asks. */
function readRanges(texts: readonly string[]): readonly Range[] {
  let ranges = known.get(texts);
  if (!ranges) known.set(texts, (ranges = texts.map(readRange).filter((range) => range !== null)));
  return ranges;
}
