import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SUPPORTED } from "@/scripts/prepare/require-node.mjs";
import { contextFilter } from "./context-files";
import { jsonForm, pairsOf, parseDockerfile } from "./parse-dockerfile";

describe("a Dockerfile is read", () => {
  it("by stages, with continued lines, comments and flags", () => {
    const [build, final] = parseDockerfile(
      'FROM a:1 AS build\nRUN one \\\n  # why\n  && two\nFROM b:2\nCOPY --from=build --chown=1:2 /x /y\nENV A=1 B="two words"\n',
    );
    expect(build).toEqual({ from: "a:1", name: "build", instructions: [{ keyword: "RUN", flags: {}, text: "one && two" }] });
    expect(final?.instructions[0]).toEqual({ keyword: "COPY", flags: { from: "build", chown: "1:2" }, text: "/x /y" });
    expect(pairsOf(final?.instructions[1]?.text ?? "")).toEqual({ A: "1", B: "two words" });
  });

  it("and what isn't understood is said", () => {
    expect(() => parseDockerfile("FROM a\nADD x y")).toThrow("ADD x y");
    expect(() => parseDockerfile("FROM a\nRUN <<EOF\nls\nEOF")).toThrow("heredoc");
  });
});

describe("the image", () => {
  const stages = parseDockerfile(readFileSync("Dockerfile", "utf8"));
  const final = stages.at(-1);
  const of = (keyword: string) => final?.instructions.filter((one) => one.keyword === keyword) ?? [];
  const settings = Object.assign({}, ...of("ENV").map(({ text }) => pairsOf(text))) as Record<string, string>;

  it("is built with a Node that gets security fixes, from images whose version is named", () => {
    const images = stages.map(({ from }) => from);
    expect(images.every((image) => /^[a-z]+:(\d+-)?[a-z]+-slim$/.test(image))).toBe(true);
    expect(Number(/^node:(\d+)-/.exec(images[0] ?? "")?.[1])).toBeGreaterThanOrEqual(SUPPORTED);
  });

  it("runs as an account that isn't root, by its number, and writes to its volume", () => {
    expect(of("USER").map(({ text }) => text)).toEqual(["1000:1000"]);
    expect(of("VOLUME").map(({ text }) => text)).toEqual([settings.DAAI_DATA_DIR]);
    // Everything after USER needs no rights.
    const words = final?.instructions.map(({ keyword }) => keyword) ?? [];
    expect(words.slice(words.indexOf("USER"))).not.toContain("RUN");
  });

  it("gets the signals itself, and has programs that are there", () => {
    const commands = [...of("ENTRYPOINT").map(({ text }) => text), ...of("HEALTHCHECK").map(({ text }) => text.replace(/^CMD /, ""))];
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const [program, script = ""] = jsonForm(command) ?? [];
      expect(program).toBe("node");
      expect(existsSync(script)).toBe(true);
    }
    expect(readFileSync("scripts/check-health.mjs", "utf8")).toContain("/api/ready");
  });

  it("opens the ports of its settings", () => {
    expect(of("EXPOSE").flatMap(({ text }) => text.split(" "))).toEqual([settings.PORT, settings.DAAI_METRICS_PORT]);
  });

  it("has nothing that only builds", () => {
    expect(final?.from).not.toContain("node");
    expect(
      of("RUN")
        .map(({ text }) => text)
        .join("\n"),
    ).not.toMatch(/\b(npm|npx|apt|apt-get|curl|wget)\b/);
    expect(of("COPY").map(({ flags }) => flags.from)).toEqual(["build", "build"]);
  });

  it("is made of files that reach the build", () => {
    const { isSent } = contextFilter(readFileSync(".dockerignore", "utf8"));
    const copied = stages.flatMap(({ instructions }) =>
      instructions.filter(({ keyword, flags }) => keyword === "COPY" && !flags.from).flatMap(({ text }) => text.split(/\s+/).slice(0, -1)),
    );
    expect(copied.filter((path) => path !== "." && !(existsSync(path) && isSent(path)))).toEqual([]);
  });
});
