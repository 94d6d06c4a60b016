import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ResendStandIn, startResendStandIn } from "@/lib/testing/mail/resend-stand-in";
import { type SmtpStandIn, startSmtpStandIn } from "@/lib/testing/mail/smtp-stand-in";
import type { MailMessage } from "./mail-provider";
import { type MailDeferred, MailRefused } from "./mail-refused";
import { resendProvider } from "./resend-provider";
import { smtpProvider } from "./smtp-provider";

const mail = {
  idempotencyKey: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
  from: "DAAI Console <console@console.example>",
  to: "ann@example.com",
  subject: "Decide: “Zürich” € \u202E",
  html: "<p>ä</p>",
  text: ".a line with a dot\nä",
};

describe("Resend", () => {
  let resend: ResendStandIn;
  beforeAll(async () => {
    resend = await startResendStandIn();
  });
  afterAll(() => resend.stop());
  beforeEach(() => {
    resend.sent.length = 0;
    resend.behavior = () => "take";
  });
  const send = (message: MailMessage = mail, timeoutMs = 500) =>
    resendProvider({ apiKey: "re_test", baseUrl: `${resend.url}/`, timeoutMs }).send(message);
  const other = (idempotencyKey: string) => ({ ...mail, idempotencyKey });

  test("takes a mail once, by its key, also when it is rendered anew", async () => {
    const first = await send();
    expect(await send()).toEqual(first);
    expect(await send({ ...mail, text: "an hour less" })).toEqual({ providerMessageId: null });
    expect(resend.sent).toEqual([
      {
        key: mail.idempotencyKey,
        id: first.providerMessageId,
        body: {
          from: mail.from,
          to: mail.to,
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          tags: [{ name: "delivery_id", value: mail.idempotencyKey }],
        },
      },
    ]);
  });

  test("puts a later mail beside the first one: they refer to the same", async () => {
    const later = "01a1f3af-8f9a-7948-ba8d-e1f33f0601af";
    await send({ ...other(later), thread: later });
    await send({ ...other("01a1f3af-8f9a-7948-ba8d-e1f33f0601b0"), thread: later });
    const first = `<${later}@console.example>`;
    expect(resend.sent.map(({ body }) => body.headers)).toEqual([{ References: first }, { References: first, "In-Reply-To": first }]);
  });

  test("tells what is refused for good from what may be tried again, and when", async () => {
    resend.behavior = () => "refuse";
    await expect(send(other("refuse"))).rejects.toThrow(MailRefused);
    resend.behavior = () => "busy";
    await expect(send(other("busy"))).rejects.toEqual(
      expect.objectContaining({ name: "MailDeferred", retryAfterSeconds: 1 }) as MailDeferred,
    );
    for (const behavior of ["fail", "hang", "drop"] as const) {
      resend.behavior = () => behavior;
      const failure: unknown = await send(other(behavior)).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: "Error", message: expect.stringMatching(/^Resend: /) });
    }
    const wrongKey = resendProvider({ apiKey: "re_wrong", baseUrl: resend.url }).send(other("key"));
    await expect(wrongKey).rejects.toEqual(
      expect.objectContaining({ name: "Error", message: expect.stringContaining("401 invalid_api_key") }) as Error,
    );
  });
});

describe("SMTP", () => {
  let smtp: SmtpStandIn;
  beforeAll(async () => {
    smtp = await startSmtpStandIn();
  });
  afterAll(() => smtp.stop());
  const send = (message: MailMessage = mail) => smtpProvider(smtp.url, { connectMs: 500, silenceMs: 300, wholeMs: 800 }).send(message);

  test("sends both parts under a Message-ID that stays the same on every try", async () => {
    smtp.behavior = () => "take";
    await send();
    smtp.behavior = () => "twice";
    await send();
    expect(smtp.sent.map(({ messageId, to }) => `${messageId} ${to.join()}`)).toEqual(
      Array(3).fill(`<${mail.idempotencyKey}@console.example> ann@example.com`),
    );
    const [{ raw } = { raw: "" }] = smtp.sent;
    expect(raw).toMatch(/^From: DAAI Console <console@console.example>\r$/m);
    expect(raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(raw).toContain("multipart/alternative");
  });

  test("puts a later mail beside the first one: it answers its Message-ID", async () => {
    smtp.sent.length = 0;
    smtp.behavior = () => "take";
    const thread = "01a1f3af-8f9a-7948-ba8d-e1f33f0601aa";
    await send({ ...mail, idempotencyKey: thread, thread });
    await send({ ...mail, thread });
    const [first, later] = smtp.sent.map(({ raw }) => raw);
    expect(first).toMatch(new RegExp(`^Message-ID: <${thread}@console.example>\\r$`, "m"));
    expect(first).not.toMatch(/^(References|In-Reply-To):/m);
    for (const header of ["In-Reply-To", "References"])
      expect(later).toMatch(new RegExp(`^${header}: <${thread}@console.example>\\r$`, "m"));
  });

  test("makes no header, and no second receiver, of what stands in a mail", async () => {
    smtp.sent.length = 0;
    smtp.behavior = () => "take";
    await send({ ...mail, subject: "a\r\nBcc: eve@example.com", text: "\r\n.\r\nMAIL FROM:<eve@example.com>" });
    expect(smtp.sent).toHaveLength(1);
    expect(smtp.sent[0]?.to).toEqual(["ann@example.com"]);
    expect(smtp.sent[0]?.raw).not.toMatch(/^Bcc:/m);
  });

  test("tells what is refused for good from what may be tried again", async () => {
    smtp.behavior = () => "refuse";
    await expect(send()).rejects.toThrow(MailRefused);
    for (const behavior of ["fail", "busy", "hang", "drop"] as const) {
      smtp.behavior = () => behavior;
      expect(await send().catch((error: unknown) => error)).toMatchObject({ name: "Error", message: expect.stringMatching(/^SMTP: /) });
    }
  });
});
