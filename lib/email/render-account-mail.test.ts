import { beforeAll, describe, expect, it } from "vitest";
import { INJECTIONS } from "@/lib/testing/injection-corpus";
import { ANSWERED, GIVEN, OVER, PROPOSED } from "@/lib/testing/mail/news-mails";
import { readable } from "@/lib/testing/mail/readable-mail";
import type { AccountMail } from "./account-mail-messages";
import { renderAccountMail } from "./render-account-mail";

const LINK = "https://console.example.com/sign-in/link?token=abcDEF123_-";
const EXPIRES = new Date("2026-11-25T14:45:00.000Z");
const INVITATION = {
  kind: "invitation",
  email: "ann@example.com",
  link: "https://console.example.com/invitation/abc",
  role: "approver",
  invitedBy: "marta@halvorsen.example",
  expiresAt: EXPIRES,
  workspaceName: "Finance automations",
  clientName: "Halvorsen Logistics",
} as const;
const BOUNCE = {
  kind: "bounce_notice",
  email: "ann@example.com",
  link: "https://console.example.com/workspaces/a/runs/b",
  bounced: "jo@halvorsen.example",
  reason: "550 5.1.1 no such user",
  sentence: "refund 5.00 EUR",
  expiresAt: EXPIRES,
  next: null,
  workspaceName: "Finance automations",
} as const;
const CHECKPOINT = {
  kind: "log_checkpoint",
  email: "auditor@example.com",
  link: "https://console.example.com/verify",
  workspaceName: "Finance automations",
  clientName: "Halvorsen Logistics",
  note: "console.example.com/receipts/a/b\n1042\nq83v\n\n— daai-console/1 AAAA\n",
  size: 1042,
  signedAt: EXPIRES,
  earlierOrigin: "console.example.com/receipts/a",
  keys: ["daai-console/1+00+AA"],
  wheelUrl: "https://console.example.com/packages/daai_python-1.0.0-py3-none-any.whl",
} as const;
const WEBHOOK = {
  kind: "webhook_notice",
  email: "ann@example.com",
  link: "https://console.example.com/workspaces/a/settings/webhooks/b",
  webhookKind: "notification",
  url: "hooks.halvorsen.example",
  isGone: false,
  lastAnswer: "It responded with 500.",
  workspaceName: "Finance automations",
} as const;
const UNCOLLECTED = {
  kind: "uncollected_notice",
  email: "ann@example.com",
  link: "https://console.example.com/workspaces/a/runs/b",
  sentence: "refund 5.00 EUR",
  approvedBy: "jo@halvorsen.example",
  lapsedAt: EXPIRES,
  workspaceName: "Finance automations",
} as const;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const MAILS: AccountMail[] = [
  { kind: "sign_in_link", email: "ann@example.com", link: LINK, expiresAt: EXPIRES },
  { kind: "sign_up_confirmation", email: "ann@example.com", link: LINK, expiresAt: EXPIRES },
  { kind: "test_mail", email: "ann@example.com", link: LINK },
  { kind: "password_reset", email: "ann@example.com", link: LINK, expiresAt: EXPIRES },
  {
    kind: "account_exists",
    email: "ann@example.com",
    link: "https://console.example.com/sign-in",
    resetLink: "https://console.example.com/forgot-password",
  },
  INVITATION,
  BOUNCE,
  UNCOLLECTED,
  { ...UNCOLLECTED, approvedBy: null },
  CHECKPOINT,
  WEBHOOK,
  { ...WEBHOOK, webhookKind: "slack", isGone: true },
  PROPOSED,
  { ...PROPOSED, change: { kind: "rule", action: null, group: null }, proposedBy: null, comment: null, differences: [] },
  ...(["confirmed", "declined", "stale", "replaced"] as const).map((outcome) => ({ ...ANSWERED, outcome })),
  GIVEN,
  { ...GIVEN, needsConfirmation: true },
  OVER,
  { ...OVER, state: "expired" },
  { ...OVER, state: "ended", reason: "policy_changed" },
  { ...OVER, state: "ended", reason: "revoked", endedBy: "ann@example.com" },
  { ...OVER, state: "ended", reason: "revoked", endedBy: OVER.email },
];

const targets = (html: string) =>
  [...html.matchAll(/\b(?:href|src|action|background)="([^"]*)"/g)].map(([, target]) => target?.replaceAll("&amp;", "&"));

// The first rendering loads the templates.
beforeAll(() => import("./account-mail"), 60_000);

describe("renderAccountMail", () => {
  it.each(MAILS)("says the same in both parts: $kind", async (mail) => {
    const { subject, html, text } = await renderAccountMail(mail);
    expect(subject).toMatch(/^[A-Z][^\r\n!]{10,100}$/);
    const shown = readable(html);
    for (const line of text.split("\n").filter((line) => line !== "" && line !== "-- " && !line.startsWith("https://")))
      expect(shown).toContain(line.replace(/:$/, ""));
    const links = "resetLink" in mail ? [mail.link, mail.resetLink] : [mail.link];
    expect(targets(html)).toEqual(links);
    // A command to copy is text, not a link.
    const shownOnly = "wheelUrl" in mail ? [`${mail.wheelUrl}'`] : [];
    expect(text.match(/\b\w+:\/\/\S+/g)).toEqual([...shownOnly, ...links]);
    expect(text).toContain(mail.email);
  });

  it("names who invites, to what, as what and until when", async () => {
    const { subject, text } = await renderAccountMail(INVITATION);
    expect(subject).toBe("You’re invited to Finance automations in DAAI Console");
    for (const expected of ["marta@halvorsen.example", "an approver", "Halvorsen Logistics", "25 November 2026, 14:45 UTC"])
      expect(text).toContain(expected);
  });

  it("has a checkpoint to the letter, and tells of another name than before only when there is one", async () => {
    for (const part of [(await renderAccountMail(CHECKPOINT)).text, readable((await renderAccountMail(CHECKPOINT)).html)]) {
      for (const expected of [
        CHECKPOINT.note,
        "different name than in the previous email",
        CHECKPOINT.earlierOrigin,
        "1,042 receipts",
        "--key 'daai-console/1+00+AA'",
      ])
        expect(part).toContain(expected.trimEnd());
    }
    expect((await renderAccountMail({ ...CHECKPOINT, earlierOrigin: null })).text).not.toContain(
      "different name than in the previous email",
    );
  });

  it.each([
    ...INJECTIONS,
    { name: "an address without a scheme", text: "see bank-login.com/verify" },
    { name: "a very long name", text: "x".repeat(1000) },
    { name: "16 KB that do not show", text: "\u200b".repeat(5_000) },
    { name: "16 KB of dots", text: "a.".repeat(8_000) },
  ])("keeps a name data: $name", async ({ text: hostile }) => {
    const mail = { ...INVITATION, invitedBy: hostile, workspaceName: hostile, clientName: hostile };
    const { subject, html, text } = await renderAccountMail(mail);
    expect(subject).not.toMatch(HIDDEN);
    for (const part of [readable(html), text]) expect(part.replaceAll("\n", "")).not.toMatch(HIDDEN);
    expect(text).not.toContain("bank-login.com/verify");
    expect([...subject].length).toBeLessThan(120);
    expect(targets(html)).toEqual([INVITATION.link]);
    expect(text.match(/\b\w+:\/\/\S+/g)).toEqual([INVITATION.link]);
    expect(html).not.toContain("<script");
    const bounce = await renderAccountMail({ ...BOUNCE, reason: hostile, sentence: hostile, workspaceName: hostile });
    expect(targets(bounce.html)).toEqual([BOUNCE.link]);
    expect(bounce.text.match(/\b\w+:\/\/\S+/g)).toEqual([BOUNCE.link]);
    expect(bounce.html).not.toContain("<script");
    for (const part of [bounce.html, bounce.text]) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(90 * 1024);
    expect(bounce.text).toContain("because you own the workspace.");
    const webhook = await renderAccountMail({ ...WEBHOOK, url: hostile, lastAnswer: hostile, workspaceName: hostile });
    expect(webhook.subject).not.toMatch(HIDDEN);
    expect(targets(webhook.html)).toEqual([WEBHOOK.link]);
    expect(webhook.text.match(/\b\w+:\/\/\S+/g)).toEqual([WEBHOOK.link]);
    expect(webhook.html).not.toContain("<script");
    const differences = Array.from({ length: 6 }, () => ({ label: "Rules", before: hostile, after: hostile }));
    const action = { title: hostile };
    for (const news of [
      await renderAccountMail({
        ...PROPOSED,
        change: { ...PROPOSED.change, action },
        comment: hostile,
        workspaceName: hostile,
        differences,
      }),
      await renderAccountMail({ ...ANSWERED, change: { ...ANSWERED.change, action }, comment: hostile, endedBy: hostile }),
      await renderAccountMail({
        ...GIVEN,
        link: PROPOSED.link,
        actionTitle: hostile,
        givenBy: hostile,
        facts: [`payload.${hostile}`],
        limits: { ...GIVEN.limits, currency: hostile },
      }),
    ]) {
      expect(news.subject).not.toMatch(HIDDEN);
      expect(targets(news.html)).toEqual([PROPOSED.link]);
      expect(news.text.match(/\b\w+:\/\/\S+/g)).toEqual([PROPOSED.link]);
      expect(news.html).not.toContain("<script");
      for (const part of [news.html, news.text]) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(90 * 1024);
    }
  });

  it("warns of what does not show", async () => {
    const { html, text } = await renderAccountMail({ ...INVITATION, workspaceName: "pay\u200bpal" });
    for (const part of [readable(html), text]) expect(part).toContain("Contains 1 zero-width space, which most programs don’t show.");
  });
});
