import type { IncomingMessage } from "node:http";
import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { isInRanges, readAddress } from "@/lib/net/addresses";
import { firstSeen } from "@/lib/net/first-seen";
import { isLoopbackUrl } from "@/lib/net/loopback";

/** Internal: set by the Node server on what it hands to Next, whose requests do not know their socket. */
const STAMP_HEADER = "x-daai-client-address";
const LOCAL_HEADER = "x-daai-is-local";
/** What a proxy in front of the console adds to what it hands on. */
const FORWARDING_HEADERS = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded"];
/** What any proxy adds, also one that is the client's. */
const PROXY_HEADERS = [...FORWARDING_HEADERS, "via"];

/** Used when no trusted source names the client. Such clients share one limit, which is strict but safe. */
const UNKNOWN = "unknown";

// Next bundles its own copy of this module; both copies must know whether the server stamps.
const shared = globalThis as typeof globalThis & { daaiStampsClientAddress?: boolean };

/** The client of a request on the Node server. */
export function clientAddressOf(request: IncomingMessage): string {
  const forwardedFor = request.headers["x-forwarded-for"];
  const { DAAI_TRUSTED_PROXIES: trusted } = getEnv();
  const peer = readAddress(request.socket.remoteAddress ?? "");
  const isForwarded = FORWARDING_HEADERS.some((name) => request.headers[name] !== undefined);
  if (isForwarded && peer !== null && !isInRanges(peer, trusted) && firstSeen("proxy", peer.toString())) {
    logger.warn(
      { proxy: peer.toString() },
      `A proxy at ${peer.toString()} forwards requests, but isn't listed in DAAI_TRUSTED_PROXIES, so everyone behind it counts as one client. If it is yours, set DAAI_TRUSTED_PROXIES=${[...trusted, peer.toString()].join(",")} and have it send X-Forwarded-For.`,
    );
  }
  return resolveClientAddress(request.socket.remoteAddress, typeof forwardedFor === "string" ? forwardedFor : undefined, trusted);
}

/**
 * Whether a request certainly comes from this machine, and the console is meant for this machine only. Behind a proxy every request seems
 * to, so proxied ones don't count, nor does anything if the public URL can be reached from other machines.
 */
function isLocal(request: IncomingMessage): boolean {
  const { DAAI_PUBLIC_URL, DAAI_TRUSTED_PROXIES } = getEnv();
  const peer = readAddress(request.socket.remoteAddress ?? "");
  return (
    isLoopbackUrl(DAAI_PUBLIC_URL) &&
    peer?.range() === "loopback" &&
    !isInRanges(peer, DAAI_TRUSTED_PROXIES) &&
    PROXY_HEADERS.every((name) => request.headers[name] === undefined)
  );
}

/** The same inside Next. Where nothing stamps, it cannot be known. */
export function isLocalInNext(headers: Pick<Headers, "get">): boolean {
  return shared.daaiStampsClientAddress === true && headers.get(LOCAL_HEADER) === "yes";
}

/**
 * Writes the client's address, and whether it is this machine, into the request for Next, over whatever a client sent there. The server must call it for every
 * request that it hands to Next.
 */
export function stampClientAddress(request: IncomingMessage): void {
  shared.daaiStampsClientAddress = true;
  request.headers[STAMP_HEADER] = clientAddressOf(request);
  request.headers[LOCAL_HEADER] = isLocal(request) ? "yes" : "no";
}

/**
 * The client of a request inside Next. Where another server runs Next, nothing stamps, and the address comes from
 * X-Forwarded-For if trusted proxies are configured.
 */
export function clientAddressInNext(headers: Pick<Headers, "get">): string {
  if (shared.daaiStampsClientAddress) return headers.get(STAMP_HEADER) ?? UNKNOWN;
  const [proxy] = getEnv().DAAI_TRUSTED_PROXIES;
  const peer = proxy?.split("/")[0];
  return resolveClientAddress(peer, headers.get("x-forwarded-for") ?? undefined, getEnv().DAAI_TRUSTED_PROXIES);
}

/**
 * Walks X-Forwarded-For from the right while the hop that added the entry is a trusted proxy. The first untrusted address is the client;
 * entries further left may be forged.
 */
export function resolveClientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string {
  let client = readAddress(peer ?? "");
  if (client === null) return UNKNOWN;
  if (trustedProxies.length === 0 || forwardedFor === undefined) return client.toString();
  for (const hop of forwardedFor.split(",").reverse()) {
    if (!isInRanges(client, trustedProxies)) break;
    const next = readAddress(hop.trim());
    if (next === null) break;
    client = next;
  }
  return client.toString();
}
