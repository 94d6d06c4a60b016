import ipaddr from "ipaddr.js";
import { type Address, isInRanges, readAddress } from "@/lib/net/addresses";

/**
 * Whether the console may connect to an address that others chose. Only public internet addresses and those the operator allows: not this
 * machine, its network, a cloud's metadata service, or other forms of them (IPv4 in IPv6, NAT64, 6to4, Teredo).
 */
export function isAllowedAddress(address: string, allowedRanges: readonly string[]): boolean {
  const parsed = readAddress(address);
  return parsed !== null && (isPublicAddress(parsed) || isInRanges(parsed, allowedRanges));
}

/** Only those that the operator allows. */
export function isListedAddress(address: string, allowedRanges: readonly string[]): boolean {
  const parsed = readAddress(address);
  return parsed !== null && isInRanges(parsed, allowedRanges);
}

/** The allocated IPv6 range (RFC 4291). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

function isPublicAddress(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}
