import { describe, expect, it } from "vitest";
import { resolveClientAddress } from "./client-address";

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
