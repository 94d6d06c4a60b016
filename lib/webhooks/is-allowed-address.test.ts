import { expect, test } from "vitest";
import { isAllowedAddress } from "./is-allowed-address";

test.each([
  ...[
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "0.1.2.3",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
  ],
  ...["192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"],
  ...[
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
  ],
  ...["fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "5f00::1", "3fff::1", "not an address", ""],
])("%s is no address of the public internet", (address) => {
  expect(isAllowedAddress(address, [])).toBe(false);
});

test.each(["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"])("%s is", (address) => {
  expect(isAllowedAddress(address, [])).toBe(true);
});

test("the operator allows addresses and ranges, also where IPv4 is written as IPv6", () => {
  const allowed = ["10.20.0.0/16", "127.0.0.1", "fd12::/16"];
  expect(["10.20.3.4", "127.0.0.1", "::ffff:10.20.0.1", "fd12::7"].filter((address) => !isAllowedAddress(address, allowed))).toEqual([]);
  expect(["10.21.0.1", "127.0.0.2", "::1", "fd13::7"].filter((address) => isAllowedAddress(address, allowed))).toEqual([]);
});
