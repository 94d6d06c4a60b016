import { describe, expect, it } from "vitest";
import { passwordStrength } from "./password-strength";

describe("passwordStrength", () => {
  it.each([
    ["", 0, "At least 12 characters. Several unrelated words work well."],
    ["short", 0, "7 more characters."],
    ["elevenchars", 0, "1 more character."],
    ["password123456", 0, "This is a commonly used password. Choose another."],
    ["qwertyuiop12", 0, "This is a commonly used password. Choose another."],
    ["ada.lovelace.9", 0, "Based on your email address. Choose another."],
    ["ada.lovelace.likes.toads", 1, "Easy to guess: it contains your email address."],
    ["abcabcabcabcabc", 0, "This is a commonly used password. Choose another."],
    ["toadstoadstoads", 1, "Easy to guess: it repeats itself."],
    ["kroetenwander", 2, "Good. A longer one is stronger."],
    ["Kroeten-wander7", 3, "Strong."],
    ["toads wander over roads", 3, "Strong."],
  ])("%s", (password, level, words) => {
    expect(passwordStrength(password, "ada.lovelace@example.com")).toEqual({ level, words });
  });
});
