import { readFileSync } from "node:fs";

const PAGE = "docs/operations/high-availability.md";

/** What operators are told to set: the page's block in that language. */
export function documentedSettings(language: "yaml" | "haproxy" | "ini"): string {
  const [, settings] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(readFileSync(PAGE, "utf8")) ?? [];
  if (settings === undefined) throw new Error(`${PAGE} has no settings in ${language}.`);
  return settings;
}
