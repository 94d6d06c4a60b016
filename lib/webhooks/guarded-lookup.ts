import { type LookupAddress, lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { readAddress } from "@/lib/net/addresses";

/** Looks a name up, all its addresses. */
export type Resolve = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** The same error for unknown names: people who choose names must not learn which ones the internal network has. */
export class AddressRefused extends Error {
  constructor(hostname: string) {
    super(`${hostname} doesn't resolve to an address the console may connect to. It may be unknown, private, or this machine's own.`);
  }
}

/**
 * The lookup function of a connection. The connection uses these addresses and looks nothing up again, so a name can't lead elsewhere
 * between the check and the connection.
 */
export function guardedLookup(isAllowed: (address: string) => boolean, resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      const allowed = error ? [] : addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (!first) return callback(new AddressRefused(hostname), "");
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/** IP addresses are never looked up. URL normalizes their unusual forms (octal, hex, one number). */
export function refuseLiteral({ hostname }: URL, isAllowed: (address: string) => boolean): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  if (readAddress(address) !== null && !isAllowed(address)) throw new AddressRefused(hostname);
}
