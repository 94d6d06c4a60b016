import { describe, expect, it } from "vitest";
import { refuseHead } from "./refuse-head";

const codeOf = (url: string, rawHeaders: string[] = ["Host", "x"]) => refuseHead({ url, rawHeaders })?.code ?? null;

describe("the target of a request", () => {
  it.each([
    "/",
    "/?q=%",
    "/?next=//evil.example",
    "/docs/a%20b",
    "/%C3%A4",
    "/decide/a.b..c",
    "/...",
    "/.well-known/security.txt",
    "/_next/static/x.js",
    "/api/health",
    "/v1/sdk/intercept",
    "/v1x",
    "/apiary",
  ])("may be the plain path %s", (url) => {
    expect(codeOf(url)).toBeNull();
  });

  it.each([
    "",
    "*",
    "home",
    "http://evil.example/x",
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/home\\..\\x",
    "/a//b",
    "/.",
    "/..",
    "/./api/health",
    "/x/../api/health",
    "/x/..",
    "/%2e%2e/x",
    "/.%2E/x",
    "/x#/../y",
  ])("is refused when others could read %s as another one", (url) => {
    expect(codeOf(url)).toBe("malformed_request");
  });

  it.each(["/%", "/%zz", "/decide/%FF", "/API/v1/sdk/intercept", "/Api", "/V1/sdk/intercept", "/_global-error", "/_error", "/_not-found"])(
    "%s is nowhere",
    (url) => {
      expect(codeOf(url)).toBe("route_not_found");
    },
  );
});

describe("a header of which one counts", () => {
  it.each(["Authorization", "Content-Length", "Content-Type", "Host", "Origin"])("is refused when it is sent twice: %s", (name) => {
    expect(codeOf("/", [name, "a", "Accept", "*/*", name.toLowerCase(), "b"])).toBe("malformed_request");
    expect(codeOf("/", [name, "a", name.toUpperCase(), "a"])).toBe("malformed_request");
    expect(codeOf("/", [name, "a"])).toBeNull();
  });

  it("is no other: lists may be sent in several lines", () => {
    expect(
      codeOf("/", [
        "Host",
        "x",
        "Cookie",
        "a=1",
        "Cookie",
        "b=2",
        "Accept",
        "a",
        "Accept",
        "b",
        "X-Forwarded-For",
        "1",
        "X-Forwarded-For",
        "2",
      ]),
    ).toBeNull();
  });
});
