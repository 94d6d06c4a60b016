import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./is-same-origin";

describe("isSameOrigin", () => {
  const publicUrl = "https://console.example.com";

  it("accepts the public URL's origin", () => {
    expect(isSameOrigin("https://console.example.com", publicUrl)).toBe(true);
    expect(isSameOrigin("https://console.example.com:443", publicUrl)).toBe(true);
  });

  it.each([
    ["a missing one", null],
    ["an opaque one", "null"],
    ["an empty one", ""],
    ["another site", "https://evil.example"],
    ["a subdomain", "https://a.console.example.com"],
    ["a longer name", "https://console.example.com.evil.example"],
    ["another scheme", "http://console.example.com"],
    ["another port", "https://console.example.com:8443"],
    ["a user in front", "https://console.example.com@evil.example"],
    ["the loopback", "https://localhost"],
  ])("refuses %s", (_, origin) => {
    expect(isSameOrigin(origin, publicUrl)).toBe(false);
  });

  it("lets a console on the loopback be called by each of its names", () => {
    expect(isSameOrigin("http://127.0.0.1:3000", "http://localhost:3000")).toBe(true);
    expect(isSameOrigin("http://[::1]:3000", "http://localhost:3000")).toBe(true);
    expect(isSameOrigin("http://127.0.0.1:3001", "http://localhost:3000")).toBe(false);
    expect(isSameOrigin("https://127.0.0.1:3000", "http://localhost:3000")).toBe(false);
    expect(isSameOrigin("http://evil.example:3000", "http://localhost:3000")).toBe(false);
  });
});
