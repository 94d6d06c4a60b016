import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { getEnv } from "@/lib/env";

/** Internal: set by the Node server on what it hands to Next, whose requests do not know their socket. */
const STAMP_HEADER = "x-daai-client-address";

/** When nothing trustworthy tells the address. Such clients share one limit, which is strict but safe. */
const UNKNOWN = "unknown";

// Next bundles its own copy of this module; both copies must know whether the server stamps.
const shared = globalThis as typeof globalThis & { daaiStampsClientAddress?: boolean };

/** The client of a request on the Node server. */
export function clientAddressOf(request: IncomingMessage): string {
  const forwardedFor = request.headers["x-forwarded-for"];
  return resolveClientAddress(
    request.socket.remoteAddress,
    typeof forwardedFor === "string" ? forwardedFor : undefined,
    getEnv().DAAI_TRUSTED_PROXIES,
  );
}

/**
 * Writes the client's address into the request for Next, over whatever a client sent there. The server must call it for every
 * request that it hands to Next.
 */
export function stampClientAddress(request: IncomingMessage): void {
  shared.daaiStampsClientAddress = true;
  request.headers[STAMP_HEADER] = clientAddressOf(request);
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
 * Walks X-Forwarded-For from the right, for as long as the hop that wrote the entry is a trusted proxy: the first address
 * that is none is the client. What stands further left was written by the client itself and may be anything.
 */
export function resolveClientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string {
  let client = normalize(peer ?? "");
  if (client === null) return UNKNOWN;
  if (trustedProxies.length === 0 || forwardedFor === undefined) return client;
  const trusted = blockList(trustedProxies);
  for (const hop of forwardedFor.split(",").reverse()) {
    if (!trusted.check(client, family(client))) break;
    const next = normalize(hop.trim());
    if (next === null) break;
    client = next;
  }
  return client;
}

/** Without a zone, and IPv4 as IPv4 also when it arrived on an IPv6 socket. null when it is no address. */
function normalize(address: string): string | null {
  const plain = address.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(plain) === 0 ? null : plain;
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}

const blockLists = new WeakMap<readonly string[], BlockList>();

function blockList(ranges: readonly string[]): BlockList {
  const known = blockLists.get(ranges);
  if (known) return known;
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  blockLists.set(ranges, list);
  return list;
}
