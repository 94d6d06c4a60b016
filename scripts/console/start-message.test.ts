import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeWarning } from "./start-message";

const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };

it("the start says of a Node that gets no security fixes any more which one does, the same that package.json asks for", () => {
  const [, asked = ""] = /^>=(\d+)$/.exec(engines.node) ?? [];
  expect(nodeWarning(`${asked}.0.0`)).toEqual([]);
  expect(nodeWarning(`${Number(asked) - 1}.5.0`)).toEqual([
    ["Node", `${Number(asked) - 1}.5.0 no longer gets security fixes: install ${asked} or newer`],
  ]);
});
