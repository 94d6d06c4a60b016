import type { IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { resetEnvCache } from "@/lib/env";
import { logger } from "@/lib/logger";
import { seenOf } from "@/lib/net/first-seen";
import { unnamedProxy } from "@/lib/net/unnamed-proxy";
import { isLocalInNext, resolveClientAddress, stampClientAddress } from "./client-address";

const trusted = ["10.0.0.0/8", "192.0.2.7", "2001:db8:ffff::/48"];

describe("resolveClientAddress", () => {
  it.each([
    ["203.0.113.9", undefined, "203.0.113.9"],
    ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["10.1.2.3", "198.51.100.1", "198.51.100.1"],
    ["10.1.2.3", "6.6.6.6, 198.51.100.1", "198.51.100.1"],
    ["10.1.2.3", "6.6.6.6,198.51.100.1 , 192.0.2.7,10.9.9.9", "198.51.100.1"],
    ["10.1.2.3", "10.4.4.4", "10.4.4.4"],
    ["10.1.2.3", "198.51.100.1, nonsense", "10.1.2.3"],
    ["10.1.2.3", "", "10.1.2.3"],
    ["10.1.2.3", "nonsense, 192.0.2.7", "192.0.2.7"],
    ["::ffff:10.1.2.3", "::ffff:198.51.100.1", "198.51.100.1"],
    ["2001:db8:ffff::1", "2001:db8:1::5", "2001:db8:1::5"],
    ["2001:db8:fffe::1", "2001:db8:1::5", "2001:db8:fffe::1"],
    ["fe80::1%eth0", undefined, "fe80::1"],
    [undefined, "198.51.100.1", "unknown"],
    ["", undefined, "unknown"],
  ])("of %s with X-Forwarded-For %s is %s", (peer, forwardedFor, expected) => {
    expect(resolveClientAddress(peer, forwardedFor, trusted)).toBe(expected);
  });

  it("believes no X-Forwarded-For without trusted proxies", () => {
    expect(resolveClientAddress("10.1.2.3", "198.51.100.1", [])).toBe("10.1.2.3");
  });
});

describe("a request", () => {
  const before = { ...process.env };
  beforeEach(() => {
    Object.assign(process.env, {
      DATABASE_URL: "postgres://localhost/none",
      NEXTAUTH_SECRET: "x".repeat(32),
      DAAI_KEY_PEPPER: "x".repeat(32),
      DAAI_LOG_SIGNING_KEY: Buffer.alloc(32, 1).toString("base64"),
      DAAI_PUBLIC_URL: "http://localhost:3000",
      DAAI_TRUSTED_PROXIES: "127.0.0.9",
    });
    resetEnvCache();
    seenOf("proxy").clear();
  });
  afterEach(() => {
    // Other files share this process, and have no server that stamps.
    Reflect.deleteProperty(globalThis, "daaiStampsClientAddress");
    seenOf("proxy").clear();
    process.env = { ...before };
    resetEnvCache();
    vi.restoreAllMocks();
  });

  const stamped = (remoteAddress: string, headers: Record<string, string> = {}) => {
    const request = { headers: { ...headers }, socket: { remoteAddress } } as unknown as IncomingMessage;
    stampClientAddress(request);
    return new Headers(request.headers as Record<string, string>);
  };

  it.each([
    ["127.0.0.1", {}, true],
    ["::1", {}, true],
    ["::ffff:127.0.0.1", {}, true],
    ["192.0.2.4", {}, false],
    ["10.0.0.4", {}, false],
    ["192.0.2.4", { "x-daai-is-local": "yes" }, false],
    // A proxy on the same machine, with every way in which one tells of itself, and one that is named and tells nothing.
    ["127.0.0.1", { "x-forwarded-for": "127.0.0.1" }, false],
    ["127.0.0.1", { "x-forwarded-proto": "http" }, false],
    ["127.0.0.1", { "x-real-ip": "127.0.0.1" }, false],
    ["127.0.0.1", { forwarded: "for=127.0.0.1" }, false],
    ["127.0.0.1", { via: "1.1 proxy" }, false],
    ["127.0.0.9", {}, false],
  ])("from %s with %j is local: %s", (peer, headers, expected) => {
    expect(isLocalInNext(stamped(peer, headers))).toBe(expected);
  });

  it("is never local where the console's public address is another machine's to open", () => {
    process.env.DAAI_PUBLIC_URL = "https://console.example.com";
    resetEnvCache();
    expect(isLocalInNext(stamped("127.0.0.1"))).toBe(false);
  });

  it("that an unnamed proxy hands on is logged once, and told of when the proxy is in one's own network", () => {
    const warn = vi.spyOn(logger, "warn").mockImplementation(() => undefined);
    stamped("127.0.0.9", { "x-forwarded-for": "192.0.2.1" });
    stamped("10.0.0.4");
    stamped("10.0.0.4", { via: "1.1 the-client's-own" });
    expect(warn).not.toHaveBeenCalled();
    stamped("203.0.113.5", { "x-forwarded-for": "192.0.2.1" });
    expect(unnamedProxy()).toBeNull();
    for (let i = 0; i < 3; i++) stamped("10.0.0.4", { "x-forwarded-for": `192.0.2.${i}` });
    stamped("10.0.0.5", { "x-real-ip": "192.0.2.1" });
    expect(warn.mock.calls.map(([about]) => about)).toEqual([{ proxy: "203.0.113.5" }, { proxy: "10.0.0.4" }, { proxy: "10.0.0.5" }]);
    expect(warn.mock.calls[1]?.[1]).toContain("set DAAI_TRUSTED_PROXIES=127.0.0.9,10.0.0.4 and");
    expect(unnamedProxy()).toBe("10.0.0.4");
    for (let i = 0; i < 255; i++) stamped(`203.0.113.${i}`, { "x-forwarded-for": "192.0.2.1" });
    expect(warn.mock.calls.length).toBeLessThanOrEqual(20);
  });
});
