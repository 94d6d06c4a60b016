import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { foreignOrigin } from "@/lib/auth/foreign-origin";
import { resetEnvCache } from "@/lib/env";
import { logger } from "@/lib/logger";
import { seenOf } from "@/lib/net/first-seen";
import { foreignOriginResponse } from "./foreign-origin-response";

const before = { ...process.env };
const warn = vi.spyOn(logger, "warn");
beforeEach(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://localhost/none",
    NEXTAUTH_SECRET: "x".repeat(32),
    DAAI_KEY_PEPPER: "x".repeat(32),
    DAAI_LOG_SIGNING_KEY: Buffer.alloc(32, 1).toString("base64"),
    DAAI_PUBLIC_URL: "https://console.example.com",
  });
  resetEnvCache();
  seenOf("origin").clear();
  warn.mockReset().mockImplementation(() => undefined);
});
afterEach(() => {
  process.env = { ...before };
  resetEnvCache();
});

describe("a console that is opened at another address than its own", () => {
  it("says which is its own and which was opened, and logs it once for each", () => {
    expect(foreignOrigin("https://console.example.com")).toBeNull();
    expect(warn).not.toHaveBeenCalled();
    const words = "This console is at https://console.example.com (DAAI_PUBLIC_URL), but you opened http://10.0.0.5:3000.";
    for (let i = 0; i < 3; i++) expect(foreignOrigin("http://10.0.0.5:3000")).toBe(`${words} Nothing was changed.`);
    const hint = "If people should open it there, set DAAI_PUBLIC_URL=http://10.0.0.5:3000 and restart.";
    expect(warn.mock.calls.map(([, said]) => said)).toEqual([`${words} ${hint}`]);
    for (const missing of [null, "null", "", "nonsense"])
      expect(foreignOrigin(missing)).toContain("your browser did not report which address you opened");
    expect(warn).toHaveBeenCalledTimes(2);
    for (let i = 0; i < 100; i++) foreignOrigin(`https://site-${i}.example`);
    expect(warn.mock.calls.length).toBeLessThanOrEqual(20);
  });

  const post = (path: string, headers: Record<string, string>) => new Request(`http://10.0.0.5:3000${path}`, { method: "POST", headers });

  it("gives whoever sent a form a page with the way to the right address, and a script the sentence alone", async () => {
    const why = foreignOrigin("https://evil.example") ?? "";
    const page = foreignOriginResponse(post("/decide/t<0ken/answer?x=1", { accept: "text/html,*/*" }), why);
    expect([page.status, page.headers.get("content-type")]).toEqual([403, "text/html; charset=utf-8"]);
    const html = await page.text();
    expect(html).toContain('href="https://console.example.com/decide/t%3C0ken"');
    expect(html).toContain("you opened https://evil.example.");
    for (const headers of [{}, { accept: "*/*" }, { accept: "text/html", "next-action": "00" }] as Record<string, string>[]) {
      const text = foreignOriginResponse(post("/sign-up", headers), why);
      expect([text.status, await text.text()]).toEqual([403, `${why}\n`]);
    }
  });

  it("puts nothing of the request into the page but as text", async () => {
    const html = await foreignOriginResponse(post("/a\"'><script>", { accept: "text/html" }), `<b>"&'`).text();
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain("&#60;b&#62;&#34;&#38;&#39;");
  });
});
