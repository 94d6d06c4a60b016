import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/lib/domain/json-value";
import {
  AGE,
  ANTHROPIC,
  AWS,
  DAAI,
  DOCKER,
  GITHUB,
  GITHUB_FINE,
  GITLAB,
  GOOGLE,
  HUGGING,
  JWT,
  KEY,
  NPM,
  PYPI,
  SENDGRID,
  SLACK,
  SLACK_HOOK,
  STRIPE,
  TELEGRAM,
  VAULT,
} from "@/lib/testing/example-secrets";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { maskJson, maskText } from "./mask-secrets";

describe("maskText and maskJson", () => {
  it("mask what tools write and return", () => {
    expect(maskText(`api_key: "9f8e7d6c5b4a"\npassword = hunter2\nname = shop`)).toBe(
      `api_key: "[masked]"\npassword = [masked]\nname = shop`,
    );
    expect(maskText(KEY.slice(0, 60))).toBe("[masked]");
  });

  it("mask members with the names of secrets, at any depth", () => {
    expect(
      maskJson({ headers: [{ "X-Api-Key": "9f8e7d6c5b4a" }], password: "a b;c", token_type: "bearer", count: 2, note: GITHUB }),
    ).toEqual({
      headers: [{ "X-Api-Key": "[masked]" }],
      password: "[masked]",
      token_type: "bearer",
      count: 2,
      note: "[masked]",
    });
  });

  it.each<readonly [string, JsonValue, JsonValue]>([
    ["pin_secret", 1234, "[masked]"],
    ["passwords", ["a", "b"], "[masked]"],
    ["credentials", { user: "ada", pass: "x" }, "[masked]"],
    ["tokens", ["abc"], "[masked]"],
    ["tokens", 200, 200],
    ["max_tokens", 200, 200],
    ["token_count", 3, 3],
    ["has_password", true, true],
    ["password", "", ""],
    ["secrets", [], []],
    ["secret", null, null],
    ["pwd", "/srv/shop", "/srv/shop"],
    ["pwd", "hunter2", "[masked]"],
    ["secret_id", "x", "[masked]"],
    ["constructor", "x", "x"],
  ])("mask the member %j with the value %j as %j", (name, value, masked) => {
    expect(maskJson({ [name]: value })).toEqual({ [name]: masked });
  });
});

describe("a text as long as a hook may send", () => {
  // What takes the square of this length doesn't end within a test's time.
  const LENGTH = 2_097_152;
  const whole = (part: string) => part.repeat(Math.ceil(LENGTH / part.length));
  // The beginnings of every shape, name and value, repeated: what a pattern would begin at again and again.
  const BEGINNINGS = [
    ...[AWS, GITHUB, GITHUB_FINE, GITLAB, SLACK, JWT, STRIPE, ANTHROPIC, GOOGLE, NPM, PYPI, SENDGRID, VAULT, HUGGING, DOCKER, DAAI, AGE],
    ...[TELEGRAM, KEY, `https://${SLACK_HOOK}`, "https://discord.com/api/webhooks/1/", "postgres://ada:pw"],
  ].flatMap((secret) => [secret.slice(0, 5), secret.slice(0, 30), secret.slice(0, -1)]);

  const OTHERS = ["token", "token.", "password=", "eyJ-", "bearer ", "a=b:", "://", "-", " "];

  it.each([...OTHERS, ...BEGINNINGS.slice(0, proofSize(0, BEGINNINGS.length))])("is read once: %j", (part) => {
    for (const text of [whole(part), part + whole("a")]) expect(maskText(text).length).toBeGreaterThan(0);
  });
});
