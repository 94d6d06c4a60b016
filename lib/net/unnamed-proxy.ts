import { readAddress } from "./addresses";

// Next bundles its own copy of this module; readiness is answered by either.
const shared = globalThis as typeof globalThis & { daaiUnnamedProxies?: Set<string> };
const seen = () => (shared.daaiUnnamedProxies ??= new Set());
/** So many are remembered. Anybody may write the header by hand, and must not fill the memory with it. */
const MOST = 20;

/** Keeps that X-Forwarded-For came from an address that nobody named. True when it is news, to be logged. */
export function noteUnnamedProxy(address: string): boolean {
  if (seen().has(address) || seen().size >= MOST) return false;
  seen().add(address);
  return true;
}

/** The one to tell the operator of: in a network of one's own, where no stranger writes the header. */
export function unnamedProxy(): string | null {
  return (
    [...seen()].find((address) => ["private", "loopback", "uniqueLocal", "linkLocal"].includes(readAddress(address)?.range() ?? "")) ?? null
  );
}

/** For tests. */
export function forgetUnnamedProxies(): void {
  seen().clear();
}
