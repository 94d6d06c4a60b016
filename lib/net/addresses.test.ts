import { describe, expect, it } from "vitest";
import { isAddressRange, isInRanges, readAddress } from "./addresses";

describe("readAddress", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:DB8:0:0::5", "2001:db8::5"],
    ["::ffff:10.1.2.3", "10.1.2.3"],
    ["::ffff:a01:203", "10.1.2.3"],
    ["fe80::1%eth0", "fe80::1"],
  ])("%s is %s", (text, address) => expect(readAddress(text)?.toString()).toBe(address));

  it.each(["", "localhost", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "1.2.3.4.5", "1.2.3.4 ", "[::1]", "10.0.0.0/8"])(
    "%j is none",
    (text) => expect(readAddress(text)).toBeNull(),
  );
});

describe("ranges", () => {
  it.each(["10.0.0.0/8", "10.0.0.0/0", "192.0.2.7", "fd12::/16", "::1", "::/0", "::ffff:10.0.0.0/104"])("%s is one", (text) =>
    expect(isAddressRange(text)).toBe(true),
  );

  it.each([
    "",
    "/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/8/8",
    "10.0.0.0/-1",
    "10.0.0.0/8.0",
    "::1/129",
    "::ffff:10.0.0.0/8",
    "10/8",
    "lan",
  ])("%j is none", (text) => expect(isAddressRange(text)).toBe(false));

  it.each([
    ["10.1.2.3", ["10.0.0.0/8"], true],
    ["::ffff:10.1.2.3", ["10.0.0.0/8"], true],
    ["10.1.2.3", ["::ffff:10.0.0.0/104"], true],
    ["11.1.2.3", ["::ffff:10.0.0.0/104"], false],
    ["11.1.2.3", ["10.0.0.0/8", "192.0.2.7"], false],
    ["192.0.2.7", ["10.0.0.0/8", "192.0.2.7"], true],
    ["192.0.2.8", ["192.0.2.7"], false],
    ["fd12::7", ["10.0.0.0/8", "fd12::/16"], true],
    ["fd13::7", ["0.0.0.0/0", "fd12::/16"], false],
    ["203.0.113.9", ["::/0"], false],
    ["203.0.113.9", [], false],
  ])("%s in %j: %s", (text, ranges, isIn) => {
    const address = readAddress(text);
    expect(address !== null && isInRanges(address, ranges)).toBe(isIn);
  });
});
