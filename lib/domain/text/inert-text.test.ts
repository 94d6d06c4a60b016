import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inertLine, inertText } from "./inert-text";

describe("inertText", () => {
  it.each([
    ["see evil3.com/login", "see evil3[.]com/login"],
    ["pay bank-login.com/verify now", "pay bank-login[.]com/verify now"],
    ["x www.evil2.com/path", "x www[.]evil2[.]com/path"],
    ["a.b.evil.co.uk/x and (evil.io/)", "a[.]b[.]evil[.]co[.]uk/x and (evil[.]io/)"],
    ["evil.example:8443/x", "evil[.]example:8443/x"],
    ["evil.com?id=1 evil.com#top", "evil[.]com?id=1 evil[.]com#top"],
    ["_evil.com/ -evil.com/ .evil.com/", "_evil[.]com/ -evil[.]com/ [.]evil[.]com/"],
    ["пример.рф/вход xn--e1afmkfd.xn--p1ai/x", "пример[.]рф/вход xn--e1afmkfd[.]xn--p1ai/x"],
    ["evil.com./x", "evil[.]com./x"],
    ["ann@evil.com/x", "ann@evil[.]com/x"],
    ["https://evil.com/x", "https[:]//evil[.]com/x"],
  ])("makes no link of %j", (text, inert) => {
    expect(inertText(text)).toBe(inert);
  });

  it.each([
    "1,840.00 EUR/month, 12.50/kg, 1.840,00/2",
    "report.pdf, src/config.json, invoices/2026-11.csv, app.ts:12",
    "Booking.com, ann@halvorsen.example, Node.js, ASP.NET",
    "Paid on 24.12.2026/25.12.2026. Did you get file.txt? Yes.",
    "Acme Inc./Ltd. and/or e.g./i.e. v1.2/notes 10.0.0.0/8",
    "done.It is paid",
    "application/vnd.ms-excel",
  ])("leaves %j as it is", (text) => {
    expect(inertText(text)).toBe(text);
  });

  it("leaves no address that a mail program makes a link of, whatever stands around it, and breaks nothing twice", () => {
    const piece = fc.constantFrom(
      "evil.com/x",
      "www.",
      "://",
      "mailto:",
      "a",
      ".",
      "/",
      "-",
      "_",
      " ",
      "\n",
      "\u200b",
      "\u202e",
      "1",
      "é",
      "@",
      "?x",
      "#x",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const inert = inertText(pieces.join(""));
        expect(inert).not.toMatch(/:\/\/|\bwww\.|\bmailto:|[\p{L}\p{N}]\.\p{L}{2,}(?::\d+)?(?:\/|[?#]\p{L})|[\u200b\u202e]/iu);
        expect(inertText(inert)).toBe(inert);
        expect(inertLine(pieces.join(""))).not.toMatch(/[\r\n\t]/);
      }),
    );
  });
});
