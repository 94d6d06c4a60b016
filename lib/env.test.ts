import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LIMIT_NAMES } from "@/lib/domain/access/limits";
import { limitSetting, readSettings, SettingsError } from "./env";

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    readSettings(source);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

describe("readSettings", () => {
  it("has a default for everything that is not a secret", () => {
    expect(readSettings({})).toMatchObject({
      PORT: 3000,
      DAAI_PUBLIC_URL: "http://localhost:3000",
      DAAI_DATA_DIR: ".data",
      DAAI_PLAN: "free",
      DAAI_WORKER: "inline",
      DAAI_APPROVAL_WINDOW_MINUTES: 1440,
      limitOverrides: {},
    });
  });

  it("takes an empty value as unset", () => {
    expect(readSettings({ PORT: "", DATABASE_URL: " ", DAAI_LIMIT_RUNS_PER_MONTH: "" })).toMatchObject({ PORT: 3000, limitOverrides: {} });
  });

  it("makes the public address from the port", () => {
    expect(readSettings({ PORT: "8080" }).DAAI_PUBLIC_URL).toBe("http://localhost:8080");
    expect(readSettings({ DAAI_PUBLIC_URL: "https://daai.example.com/" }).DAAI_PUBLIC_URL).toBe("https://daai.example.com");
  });

  it("takes a public address with a path", () => {
    const read = (url: string) => readSettings({ DAAI_PUBLIC_URL: url }).DAAI_PUBLIC_URL;
    expect(read("https://example.com/console")).toBe("https://example.com/console");
    expect(read("https://example.com/api-console")).toBe("https://example.com/api-console");
    expect(read("https://Example.com:443/apps/the_console-2/")).toBe("https://example.com/apps/the_console-2");
  });

  it("reads lists", () => {
    const { DAAI_ADMIN_EMAILS, DAAI_TRUSTED_PROXIES } = readSettings({
      DAAI_ADMIN_EMAILS: "Ann@example.com, bo@example.com",
      DAAI_TRUSTED_PROXIES: "10.0.0.0/8,::1",
    });
    expect(DAAI_ADMIN_EMAILS).toEqual(["ann@example.com", "bo@example.com"]);
    expect(DAAI_TRUSTED_PROXIES).toEqual(["10.0.0.0/8", "::1"]);
  });

  it("reads every limit, and unlimited", () => {
    for (const name of LIMIT_NAMES) {
      expect(readSettings({ [limitSetting(name)]: "7" }).limitOverrides).toEqual({ [name]: 7 });
      expect(readSettings({ [limitSetting(name)]: "unlimited" }).limitOverrides).toEqual({ [name]: null });
    }
  });

  it("reads a signing key as PEM, as PEM on one line and as a seed", () => {
    const pem = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    expect(readSettings({ DAAI_LOG_SIGNING_KEY: pem }).DAAI_LOG_SIGNING_KEY).toBe(pem);
    expect(readSettings({ DAAI_LOG_SIGNING_KEY: pem.replaceAll("\n", "\\n") }).DAAI_LOG_SIGNING_KEY).toBe(pem);
    expect(readSettings({ DAAI_LOG_SIGNING_KEY: Buffer.alloc(32).toString("base64") }).DAAI_LOG_SIGNING_KEY).toContain("BEGIN PRIVATE KEY");
  });

  it.each<[string, string, RegExp]>([
    ["PORT", "http", /^PORT must be a whole number from 1 to 65535\.$/],
    ["PORT", "70000", /^PORT must be/],
    ["DAAI_PUBLIC_URL", "daai.example.com", /^DAAI_PUBLIC_URL must be an address like /],
    ["DAAI_PUBLIC_URL", "https://example.com/a.b", /^DAAI_PUBLIC_URL may have a path of letters/],
    ["DAAI_PUBLIC_URL", "https://example.com/api", /The path can't begin with \/api/],
    ["DAAI_PUBLIC_URL", "https://example.com/v1/console", /The path can't begin with \/api/],
    ["DAAI_PUBLIC_URL", "https://example.com/_next", /The path can't begin with \/api/],
    ["DAAI_PUBLIC_URL", "https://example.com/a//b", /^DAAI_PUBLIC_URL may have a path of letters/],
    ["DAAI_PUBLIC_URL", "https://example.com/console?x", /^DAAI_PUBLIC_URL may have a path of letters/],
    ["DATABASE_URL", "mysql://localhost/daai", /^DATABASE_URL must be an address like postgresql:/],
    ["DATABASE_DIRECT_URL", "postgresql://h1:0,h2/daai", /^DATABASE_DIRECT_URL has the port 0 at h1\. Ports are from 1 to 65535\.$/],
    ["NEXTAUTH_SECRET", "short", /^NEXTAUTH_SECRET must have at least 32 characters/],
    ["DAAI_KEY_PEPPER", "short", /^DAAI_KEY_PEPPER must have at least 32 characters/],
    ["DAAI_LOG_SIGNING_KEY", "c2hvcnQ=", /^DAAI_LOG_SIGNING_KEY must be an Ed25519 private key/],
    ["DAAI_MAIL_FROM", "console", /^DAAI_MAIL_FROM must be an email address/],
    ["SMTP_URL", "mail.example.com", /^SMTP_URL must be an address like smtps:/],
    ["RESEND_BASE_URL", "resend", /^RESEND_BASE_URL must be an address/],
    ["DAAI_ADMIN_EMAILS", "ann", /^DAAI_ADMIN_EMAILS must be email addresses/],
    ["DAAI_PLAN", "pro", /^DAAI_PLAN must be one of free, unlimited\.$/],
    ["DAAI_LIMIT_RUNS_PER_MONTH", "-1", /^DAAI_LIMIT_RUNS_PER_MONTH must be a whole number, or unlimited\.$/],
    ["DAAI_WORKER", "yes", /^DAAI_WORKER must be one of inline, off, only\.$/],
    ["DAAI_TRUSTED_PROXIES", "10.0.0.0/33", /^DAAI_TRUSTED_PROXIES must be addresses or ranges/],
    ["DAAI_APPROVAL_WINDOW_MINUTES", "0", /^DAAI_APPROVAL_WINDOW_MINUTES must be a whole number from 1/],
    ["LOG_LEVEL", "loud", /^LOG_LEVEL must be one of /],
  ])("refuses %s=%s with one sentence", (name, value, sentence) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  it("names every mistake at once, and no secret", () => {
    const problems = problemsOf({ PORT: "x", DAAI_PLAN: "y", NEXTAUTH_SECRET: "hunter2", DAAI_LIMIT_RUNS_PER_MONTH: "z" });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toContain("hunter2");
  });
});
