import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Env, resetEnvCache } from "@/lib/env";
import { nodeWarning, startMessage } from "./start-message";

const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };

it("the start says of a Node that gets no security fixes any more which one does, the same that package.json asks for", () => {
  const [, asked = ""] = /^>=(\d+)$/.exec(engines.node) ?? [];
  expect(nodeWarning(`${asked}.0.0`)).toEqual([]);
  expect(nodeWarning(`${Number(asked) - 1}.5.0`)).toEqual([
    ["Node", `${Number(asked) - 1}.5.0 no longer gets security fixes: install ${asked} or newer`],
  ]);
});

it.each([
  [{}, "not sent, stored in the database; read it with npm run admin -- mailbox list"],
  [{ SMTP_URL: "smtp://127.0.0.1:2526" }, "sent through SMTP_URL"],
  [{ RESEND_API_KEY: "re_123" }, "sent through Resend"],
])("the start says how email leaves with %j", (provider, expected) => {
  const env = {
    DATABASE_URL: "postgresql://x@127.0.0.1:5432/x",
    DAAI_PUBLIC_URL: "http://localhost:3000",
    DAAI_DATA_DIR: ".data",
    DAAI_WORKER: "inline",
    DAAI_MAIL_FROM: "console@example.com",
    NEXTAUTH_SECRET: "x".repeat(32),
    DAAI_KEY_PEPPER: "y".repeat(32),
    DAAI_LOG_SIGNING_KEY: Buffer.alloc(32, 7).toString("base64"),
  };
  const before = { ...process.env };
  Object.assign(process.env, { SMTP_URL: "", RESEND_API_KEY: "", ...env, ...provider });
  resetEnvCache();
  try {
    expect(startMessage(env as unknown as Env, { isEmbedded: true, setupCode: null })).toMatch(new RegExp(`^ +Email +${expected}$`, "m"));
  } finally {
    process.env = before;
    resetEnvCache();
  }
});
