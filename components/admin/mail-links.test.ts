import { expect, test } from "vitest";
import { mailLinks } from "./mail-links";

const ours = "https://console.example.com";

test("finds the console's own links, once each, as paths, with what they are for", () => {
  const text = `Decide here: ${ours}/decide/abc123.\nAgain: <${ours}/decide/abc123>\nhttps://evil.example/decide/x\n${ours}/reset-password?token=t%20u`;
  expect(mailLinks(text, ours)).toEqual([
    { href: "/decide/abc123", label: "Open the decision page" },
    { href: "/reset-password?token=t%20u", label: "Choose a new password" },
  ]);
});

test.each([
  "no link",
  "https://console.example.com.evil.example/decide/x",
  "http://console.example.com/decide/x",
  "https://console.example.com//evil.example/decide/x",
  "https://console.example.com/\\evil.example/decide/x",
  "javascript:alert(1)",
])("%s leads nowhere", (text) => {
  expect(mailLinks(text, ours)).toEqual([]);
});

test("below a path, what leads to another host leads nowhere either", () => {
  const below = `${ours}/console`;
  expect(mailLinks(`${below}//evil.example/decide/x ${below}/sign-in`, below)).toEqual([
    { href: "/sign-in", label: "Sign in with this link" },
  ]);
});
