import { expect, it } from "vitest";
import { currentLink } from "./current-link";

const links = [{ href: "/workspaces/w1" }, { href: "/workspaces/w1/runs" }];

it.each([
  ["/workspaces/w1", "/workspaces/w1"],
  ["/workspaces/w1/runs/r1", "/workspaces/w1/runs"],
  ["/workspaces/w1/runsX", "/workspaces/w1"],
  ["/approvals", null],
])("%s belongs to %s", (pathname, href) => {
  expect(currentLink(links, pathname)).toBe(href);
  expect(currentLink([...links].reverse(), pathname)).toBe(href);
});
