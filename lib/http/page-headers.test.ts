import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";
import { pageHeaders } from "@/lib/http/page-headers";

describe("pageHeaders", () => {
  it.each(["/decide/abc", "/invitation/abc", "/sign-in/link", "/sign-up/confirm", "/reset-password"])("keeps a mailed link's address to itself: %s", (pathname) => {
    expect(pageHeaders(pathname, "http://localhost:3000")).toMatchObject({
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
      "X-Robots-Tag": "noindex, nofollow",
    });
    expect(pageHeaders("/", "http://localhost:3000")).not.toHaveProperty("X-Robots-Tag");
  });

  it("asks for TLS only where there is TLS", () => {
    expect(pageHeaders("/", "https://console.example.com")["Strict-Transport-Security"]).toBe("max-age=31536000");
    expect(pageHeaders("/", "http://console.example.com")).not.toHaveProperty("Strict-Transport-Security");
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
