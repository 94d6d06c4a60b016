import { describe, expect, it } from "vitest";
import { HOME_PATH, ownPath, withNext } from "./own-path";

describe("ownPath", () => {
  it.each([
    "/home",
    "/workspaces/019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b/runs?status=pending_approval&q=a%2Fb#row-3",
    "/invitation/abc_DEF-123",
    "/approvals?run=1",
    "/docs/quickstart",
    "/home?next=//evil.example",
    "/home?u=https://evil.example",
  ])("keeps %s", (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    ["two slashes", "//evil.example"],
    ["three slashes", "///evil.example"],
    ["a backslash", "/\\evil.example"],
    ["a leading backslash", "\\evil.example"],
    ["two backslashes", "\\\\evil.example"],
    ["a backslash later", "/home\\..\\..\\evil"],
    ["another scheme", "https://evil.example/home"],
    ["a scheme without slashes", "https:evil.example"],
    ["a script", "javascript:alert(1)"],
    ["data", "data:text/html,x"],
    ["a bare name", "evil.example"],
    ["a user in front", "@evil.example"],
    ["a tab that browsers drop", "/\t/evil.example"],
    ["a line break that browsers drop", "/\n/evil.example"],
    ["a carriage return", "/home\r\nLocation: https://evil.example"],
    ["a NUL", "/\u0000/evil.example"],
    ["a space in front", " //evil.example"],
    ["a space inside", "/ /evil.example"],
    ["dots that are tidied away", "/.//evil.example"],
    ["two dots that are tidied away", "/home/..//evil.example"],
    ["encoded dots that are tidied away", "/%2e//evil.example"],
    ["encoded two dots", "/x/%2e%2e//evil.example"],
    ["the landing page", "/"],
    ["the sign-in page itself", "/sign-in?next=/sign-in"],
    ["the API", "/api/auth/signout"],
    ["an event stream", "/events"],
    ["nothing", ""],
    ["no text", 7],
    ["several", ["/home", "/x"]],
    ["undefined", undefined],
    ["null", null],
    ["a very long one", `/${"x".repeat(3000)}`],
  ])("goes home instead of to %s", (_, wanted) => {
    expect(ownPath(wanted)).toBe(HOME_PATH);
  });

  it.each(["/%2f%2fevil.example", "/%5cevil.example", "/%09/evil.example", "/%2F%2Fevil.example%2F.."])(
    "leaves what is encoded a path of ours: %s",
    (path) => {
      for (const base of ["http://localhost:3000", "https://console.example.com"]) expect(new URL(ownPath(path), base).origin).toBe(base);
    },
  );

  it("stays on our origin whatever it is given", () => {
    const pieces = ["/", "\\", ".", "..", "%2f", "%5c", "%2e", "\t", "\n", " ", "@", ":", "https:", "evil.example", "?", "#", "home"];
    let seed = 1;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647);
    for (let round = 0; round < 20_000; round++) {
      const wanted = Array.from({ length: 1 + (next() % 6) }, () => pieces[next() % pieces.length]).join("");
      const url = new URL(ownPath(wanted), "https://console.example.com/sign-in");
      expect(url.origin, wanted).toBe("https://console.example.com");
    }
  });
});

describe("withNext", () => {
  it("keeps the way on, and says nothing about the usual one", () => {
    expect(withNext("/sign-in", "/approvals?run=1")).toBe("/sign-in?next=%2Fapprovals%3Frun%3D1");
    expect(withNext("/sign-in?sent=1", "/approvals")).toBe("/sign-in?sent=1&next=%2Fapprovals");
    expect(withNext("/sign-up", HOME_PATH)).toBe("/sign-up");
  });
});
