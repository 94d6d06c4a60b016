import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";
import { isMailFrame, MAIL_FRAME_POLICY } from "./mail-frame-policy";
import { loggablePath, pageHeaders } from "./page-headers";

describe("pageHeaders", () => {
  it.each(["/decide/abc", "/share/abc", "/share/abc/download", "/invitation/abc", "/sign-in/link", "/sign-up/confirm", "/reset-password"])(
    "keeps a link's address to itself: %s",
    (pathname) => {
      expect(pageHeaders(pathname, "http://localhost:3000")).toMatchObject({
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex, nofollow",
      });
      expect(pageHeaders("/", "http://localhost:3000")).not.toHaveProperty("X-Robots-Tag");
    },
  );

  it("asks for TLS only where there is TLS", () => {
    expect(pageHeaders("/", "https://console.example.com")["Strict-Transport-Security"]).toBe("max-age=31536000");
    // The host is other programs' too.
    expect(pageHeaders("/", "https://example.com/console")).not.toHaveProperty("Strict-Transport-Security");
    expect(pageHeaders("/", "http://console.example.com")).not.toHaveProperty("Strict-Transport-Security");
  });
});

it.each([
  ["/decide/daai_dl_secret", "/decide/[token]"],
  ["/decide/daai_dl_secret/answer", "/decide/[token]/answer"],
  ["/%64ecide/daai_dl_secret", "/decide/[token]"],
  ["/share/secret/download", "/share/[token]/download"],
  ["/invitation/secret", "/invitation/[token]"],
  ["/workspaces/a/runs/b", "/workspaces/a/runs/b"],
])("the access log has no token: %s", (path, logged) => {
  expect(loggablePath(path)).toBe(logged);
});

describe("a kept mail", () => {
  const path = "/admin/mailbox/01a1f3af-8f9a-7948-ba8d-e1f33f0601ae/html";

  it("alone may stand in a frame, and in the console's own only", () => {
    expect(isMailFrame(path)).toBe(true);
    expect(pageHeaders(path, "http://localhost:3000")["X-Frame-Options"]).toBe("SAMEORIGIN");
    for (const other of ["/admin/mailbox", `${path}/x`, path.replace("/html", ""), `/x${path}`, "/decide/abc/html"]) {
      expect(isMailFrame(other)).toBe(false);
      expect(pageHeaders(other, "http://localhost:3000")["X-Frame-Options"]).toBe("DENY");
    }
  });

  it("keeps its policy however its address is written", () => {
    for (const written of [
      path.toUpperCase().replace("/ADMIN/MAILBOX", "/admin/mailbox").replace("/HTML", "/html"),
      path.replace("01a1", "%301a%31"),
    ])
      expect([written, isMailFrame(written)]).toEqual([written, true]);
    expect(pageHeaders("/%64ecide/abc", "http://localhost:3000")["Referrer-Policy"]).toBe("no-referrer");
  });

  it("runs nothing, loads nothing and sends nothing", () => {
    expect(MAIL_FRAME_POLICY).toMatch(/default-src 'none'.*form-action 'none'.*frame-ancestors 'self'.*sandbox/);
    expect(MAIL_FRAME_POLICY).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
  });
});

describe("contentSecurityPolicy", () => {
  it("lets nothing run but scripts with the nonce, and no page frame it", () => {
    const policy = contentSecurityPolicy("abc123", { isDevelopment: false });
    expect(policy).toContain("script-src 'self' 'nonce-abc123' 'strict-dynamic';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
  });
});
