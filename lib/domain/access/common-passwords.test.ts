import { describe, expect, it } from "vitest";
import { isAddressPassword, isCommonPassword } from "./common-passwords";

describe("isCommonPassword", () => {
  it.each([
    ...["password123456", "Password!2026", "passwordpassword", "Welcome2026!!", "adminadmin123", "letmein-letmein"],
    ...["qwertyuiop12", "QWERTZUIOP12", "asdfghjkl;12", "1qaz2wsx3edc", "zxcvbnm12345", "poiuytrewq12", "azertyuiop!!", "qwertyasdfgh"],
    ...["abcdefghijkl", "0987654321ab", "!@#$%^&*()12", "passwordqwer1", "abcabcabcabc", "aaaaaaaaaaaa"],
  ])("%s", (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    ...[
      "kroetenwander",
      "toads wander over roads",
      "administration of toads",
      "mastery-of-eels",
      "Shadow of the toad",
      "correct horse battery",
    ],
    ...["qwerty toads cross roads", "3f9Kd02mXq7L", "aNna-were8-wolf", "über-den-wolken"],
  ])("but not %s", (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });
});

describe("isAddressPassword", () => {
  it.each([
    ["ada.lovelace.9", true],
    ["ADA.LOVELACE@example.com", true],
    ["1ada.lovelace2026", true],
    ["ada.lovelaceada.lovelace", true],
    ["ada.lovelace rode a pink whale", false],
    ["lovelace and ada", false],
  ])("%s: %s", (password, isOne) => {
    expect(isAddressPassword(password, "ada.lovelace@example.com")).toBe(isOne);
  });

  it("takes no short name for a part of the password", () => {
    expect(isAddressPassword("alexandria12", "al@example.com")).toBe(false);
    expect(isAddressPassword("alexandria12", "")).toBe(false);
  });
});
