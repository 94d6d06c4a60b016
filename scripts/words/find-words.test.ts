import { describe, expect, it } from "vitest";
import { findWords } from "./find-words";
import { WORDING_RULES } from "./wording-rules";

const found = (source: string, path = "components/shell/sample.tsx") => findWords(path, source).map((word) => word.found);

/** One sentence for each rule, in their order. */
const SAMPLES = [
  "The link in the mail works once.",
  "They were mailed.",
  "Somebody else decides.",
  "Whoever has it can read it.",
  "What waits for your team",
  "It waits for you.",
  "Nobody has answered so far.",
  "The time to decide is over.",
  "Asks above 500",
  "They were asked too.",
  "Four eyes",
  "Ann was faster.",
  "It stands in the receipt.",
  "A stand-in decides.",
  "The payload is kept.",
  "Ann is told.",
  "Make a new key",
  "The invitation was taken back.",
  "Switch it off",
  "Without the tick it stays.",
  "The email came back.",
  "It was not copied whole.",
  "This link is not known here.",
  "This link is too old.",
  "The limit is used up.",
  "It does not work any more.",
  "There is no such page.",
  "Nothing is let in with it.",
  "By which way email is sent",
  "The endpoint took nothing.",
  "It is tried again.",
  "It was given up.",
  "An email is on its way.",
  "Go on to setup",
  "It turns green by itself.",
  "Everything is read anew.",
  "It stops at once.",
  "Also when nobody looks",
  "This one, too.",
  "Addresses with commas between them",
  "For others than you",
  "This value is odd.",
  "Attention: read this.",
  "An entry was slipped in.",
  "Rejected by the clock",
  "The whole story of it",
  "The run was cancelled.",
];

describe("what is not said", () => {
  it.each(WORDING_RULES.map(({ avoid }, place) => [SAMPLES[place] ?? "", avoid] as const))("finds %j", (sample, avoid) => {
    expect(sample).toMatch(new RegExp(avoid, "i"));
    expect(found(`<p>${sample}</p>`)).not.toEqual([]);
  });

  it("has a sample for every rule", () => {
    expect(SAMPLES).toHaveLength(WORDING_RULES.length);
  });

  it("leaves what may be said alone", () => {
    const allowed = `<p>
      Email sent. The mailbox stores every email until a mail server is set (DAAI_MAIL_FROM, smtp://mail.example.com). An approver decides.
      Nobody decided by 15:10. Keep your key safe. Understands in full. Try again. Requests with this key are rejected. Tell the operator.
      It can no longer be claimed. Are there any more runs? A story-free receipt. The console asks a person.
    </p>`;
    expect(found(allowed.replace("A story-free receipt. ", ""))).toEqual([]);
  });
});

describe("where people read", () => {
  it("finds texts in JSX, in attributes, in strings and in templates, across line breaks, and says where", () => {
    const source = [
      "export const A = <p>",
      "  It stops at",
      "  once.",
      "</p>;",
      "const b = `${name} was mailed`;",
      'const C = "Mails";',
    ].join("\n");
    expect(findWords("app/page.tsx", source)).toEqual([
      { line: 2, found: "at\n  once", better: expect.stringContaining("immediately") as string },
      { line: 5, found: "mailed", better: expect.any(String) as string },
      { line: 6, found: "Mails", better: expect.any(String) as string },
    ]);
    expect(found('<Button title="Make a key" />')).toEqual(["Make a key"]);
  });

  it("leaves names, addresses, classes, SQL, comments and imports alone", () => {
    const source = `
      import { mail } from "./mail";
      // Somebody is told at once.
      const kind: "test mail" | "mail" = "mail";
      const rows = sql\`SELECT mail FROM mails WHERE somebody\`;
      const view = <a className="mail at once" href="/mail/at once">Fine</a>;
    `;
    expect(found(source)).toEqual([]);
  });

  it("leaves tests alone", () => {
    for (const path of ["lib/a.test.ts", "e2e/a.spec.ts", "lib/testing/a.ts", "lib/guarantees/a.ts"])
      expect(found('say("by mail, at once")', path)).toEqual([]);
  });

  it("reads pages in Markdown without their code", () => {
    const page = [
      "import { mail } from 'mail'",
      "## What waits",
      '`mail` and [a link](/docs/mail) in <Key name="mail" />',
      "```python",
      "mail = 1  # at once",
      "```",
      "",
      "    mail --at once",
      "",
      "It goes on.",
    ];
    expect(findWords("components/docs/content/a.mdx", page.join("\n")).map(({ line, found: word }) => `${line} ${word}`)).toEqual([
      "2 What waits",
      "10 goes on",
    ]);
  });

  it("reads docstrings and messages of the SDK, without code and comments", () => {
    const module = [
      '"""Tells of `mail`, at once."""',
      "import mail  # somebody",
      "raise ValueError('somebody else')",
      "kind = 'mail'",
    ].join("\n");
    expect(found(module, "sdk/python/src/daai/_a.py")).toEqual(["Tells of", "at once", "somebody"]);
  });

  it("reads the comments of settings, not their values", () => {
    expect(found("# The address in mails.\nDAAI_MAIL_FROM=somebody by mail", ".env.example")).toEqual(["mails"]);
  });
});

describe("spelling", () => {
  it.each([
    "colours",
    "const behaviour = 1;",
    "// It is initialised.",
    "labelledBuckets",
    "NEIGHBOURS",
    "un_licenced",
    "/* a catalogue */",
  ])("finds %j", (source) => {
    expect(found(source, "lib/domain/a.test.ts")).toHaveLength(1);
  });

  it.each([
    "aria-labelledby",
    "otherwise, a promise is raised precisely",
    "CancelledError",
    "license, color, recognize, canceled",
    "advertise a premise",
  ])("leaves %j alone", (source) => {
    expect(found(source, "lib/domain/a.test.ts")).toEqual([]);
  });
});
