import { readAddress } from "./addresses";
import { seenOf } from "./first-seen";

const OWN_NETWORKS: ReadonlySet<string> = new Set(["private", "loopback", "uniqueLocal", "linkLocal"]);

/** A proxy that nobody named, for the operator: one in a network of one's own, where no stranger writes X-Forwarded-For. */
export function unnamedProxy(): string | null {
  return [...seenOf("proxy")].find((address) => OWN_NETWORKS.has(readAddress(address)?.range() ?? "")) ?? null;
}
