import { expect, it } from "vitest";
import { displayNameSchema } from "./display-name";

it.each(["Finance", "Zoë O’Brien-Łuczak", "株式会社ハルヴォルセン", "👩‍💻 Team 1️⃣", "bank-login.com/verify", "<b>x</b>", "a & b"])(
  "%j is a name",
  (name) => {
    expect(displayNameSchema().parse(` ${name}\n`)).toBe(name);
  },
);

it.each(["", " ", "\u200b", "Be\r\nReview and decide:", "a\nb", "a\tb", "a\rb", "a\u2028b", "a\u0085b"])("%j is none", (name) => {
  expect(displayNameSchema().safeParse(name).success).toBe(false);
});

it.each(["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u0000", "\u001b", "\u3164", "\ue000", "\ud800", "\u{e0041}"])(
  "no name holds %j",
  (character) => {
    expect(displayNameSchema().safeParse(`a${character}b`).success).toBe(false);
  },
);

it("has as many characters as it may", () => {
  expect(displayNameSchema(5).safeParse("12345").success).toBe(true);
  expect(displayNameSchema(5).safeParse("123456").success).toBe(false);
});
