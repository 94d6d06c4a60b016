import { describe, expect, it } from "vitest";
import { editedWebhookSchema, newWebhookSchema } from "./schema";

const kept = (url: string) =>
  newWebhookSchema.safeParse({ kind: "webhook", url, eventTypes: ["run.pending"] }).data?.url ??
  editedWebhookSchema.safeParse({ id: "0193e4c2-7b0e-7cc1-8d5f-0a1b2c3d4e5f", url, eventTypes: ["run.pending"] }).data?.url;

describe("the address of a webhook", () => {
  it.each([
    ["https://hooks.example.com/a\r\nX-Forged: 1", "https://hooks.example.com/aX-Forged:%201"],
    ["https://hooks.exam\tple.com/\n", "https://hooks.example.com/"],
    ["HTTPS://Hooks.Example.COM", "https://hooks.example.com/"],
    ["https://b\u00fccher.example/\u202ex", "https://xn--bcher-kva.example/%E2%80%AEx"],
    ["https://0x7f.1/", "https://127.0.0.1/"],
  ])("%j is kept as it is connected to", (typed, href) => {
    expect(kept(typed)).toBe(href);
  });

  it("is no longer than others, also when it is written out", () => {
    expect(kept(`https://hooks.example.com/${"x".repeat(2000)}`)).toBeDefined();
    expect(kept(`https://hooks.example.com/${"\u00fc".repeat(1000)}`)).toBeUndefined();
  });
});
