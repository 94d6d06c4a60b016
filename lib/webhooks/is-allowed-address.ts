import ipaddr from "ipaddr.js";

/**
 * Whether the console may connect to an address for somebody who may name any. Only addresses of the public internet, and
 * those that the operator allows: not this machine, its network, the metadata service of a cloud, or what leads to them in
 * another form (IPv4 in IPv6, NAT64, 6to4, Teredo).
 */
export function isAllowedAddress(address: string, allowedRanges: readonly string[]): boolean {
  return isPublicAddress(address) || isInRanges(address, allowedRanges);
}

export function isInRanges(address: string, ranges: readonly string[]): boolean {
  const parsed = parse(address);
  return parsed !== null && ranges.some((range) => contains(range, parsed));
}

/** The addresses of IPv6 that are given out at all (RFC 4291). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed === null || parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** IPv4 that is written as IPv6 (::ffff:…) is IPv4. */
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  return ipaddr.isValid(address) ? ipaddr.process(address) : null;
}

function contains(range: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [network, bits] = range.includes("/") ? ipaddr.parseCIDR(range) : [ipaddr.parse(range), undefined];
  if (network.kind() !== address.kind()) return false;
  return address.match(network, bits ?? (network.kind() === "ipv4" ? 32 : 128));
}
