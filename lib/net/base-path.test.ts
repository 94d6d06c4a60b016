import { afterEach, describe, expect, it, vi } from "vitest";
import { belowPath, cookieName, cookiePath, pathOfUrl } from "./base-path";

describe("an address below a path", () => {
  it.each([
    ["/console", "/"],
    ["/console/", "/"],
    ["/console?next=/home", "/?next=/home"],
    ["/console/api/ready", "/api/ready"],
    ["/console//evil.example", "//evil.example"],
    ["/console/console/home", "/console/home"],
    // A proxy took the path off, or it's somewhere else.
    ["/api/ready", "/api/ready"],
    ["/consoles/x", "/consoles/x"],
    ["/", "/"],
    ["", ""],
  ])("%s is the console's %s", (address, own) => {
    expect(belowPath("/console", address)).toBe(own);
  });

  it("is the same on a host of its own", () => {
    for (const address of ["/", "/home", "/?a=b", "//evil.example", "/home?next=/x"]) expect(belowPath("", address)).toBe(address);
  });
});

it.each([
  ["https://example.com", "", "/"],
  ["https://example.com/console", "/console", "/console"],
  ["http://localhost:3000/a/b", "/a/b", "/a/b"],
])("%s has the path %j, and its cookies %j", (url, path, cookies) => {
  expect([pathOfUrl(url), cookiePath(url)]).toEqual([path, cookies]);
});

it.each([
  ["https://example.com", "session-token"],
  ["https://example.com/console", "daai.console.session-token"],
  ["http://localhost:3000/a/b", "daai.a.b.session-token"],
])("on %s a cookie is called %s", (url, name) => {
  expect(cookieName(url, "session-token")).toBe(name);
});

describe("for a browser", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it.each(["", "/console", "/a/b"])("the console's own addresses are below %j, and no others", async (basePath) => {
    vi.stubEnv("NEXT_PUBLIC_BASE_PATH", basePath);
    vi.resetModules();
    const { inConsole, ownPathname } = await import("./base-path");
    expect(inConsole("/events")).toBe(`${basePath}/events`);
    for (const address of ["https://other.example/x", "//other.example/x", "#main", "?step=approve", "mailto:a@example.com"])
      expect(inConsole(address)).toBe(address);
    for (const path of ["/home", "/runs?q=a"]) expect(ownPathname(inConsole(path))).toBe(path);
  });
});
