import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { type EvaluateOptions, evaluate } from "@mdx-js/mdx";
import { type ComponentType, createElement } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { docComponents } from "@/components/docs/doc-components";
import { openApiDocument } from "@/lib/contract/openapi";
import { LIMIT_NAMES, LIMITS } from "@/lib/domain/access/limits";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { ERROR_CODE_NAMES } from "@/lib/domain/refusals/error-codes";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { SETTING_NAMES } from "@/lib/env";
import PUBLISHED_ANCHORS from "@/lib/testing/published-anchors.json";
import { anchorOf, apiOperations, apiSharedSchemas } from "./api-operations";
import { apiWebhooks } from "./api-webhooks";
import { DOC_PAGES, docPath } from "./doc-pages";
import type { DocSection } from "./doc-section";
import { MDX_OPTIONS } from "./mdx-options.mjs";
import { NOBODY, PUBLIC_URL_PLACEHOLDER, WORKSPACE_PLACEHOLDER } from "./reader";
import { settingTexts } from "./setting-texts";

const CONTENT = "components/docs/content";
const SHORT = { overview: "" } as Record<string, string>;

interface Rendered {
  html: string;
  sections: readonly DocSection[];
}

const pages = new Map<string, Rendered>();

async function pluginOf(named: unknown): Promise<unknown> {
  const [name, ...options] = Array.isArray(named) ? (named as unknown[]) : [named];
  const imported = (await import(/* @vite-ignore */ String(name))) as { default: unknown };
  return [imported.default, ...options];
}

/** The page as it is served, by the same compiler with the same plugins. */
async function render(source: string, reader = NOBODY): Promise<Rendered> {
  const options = {
    Fragment,
    jsx,
    jsxs,
    remarkPlugins: await Promise.all(MDX_OPTIONS.remarkPlugins.map(pluginOf)),
    rehypePlugins: await Promise.all(MDX_OPTIONS.rehypePlugins.map(pluginOf)),
  } as unknown as EvaluateOptions;
  const { default: Content, sections } = (await evaluate(source, options)) as unknown as {
    default: ComponentType<{ components: ReturnType<typeof docComponents> }>;
    sections: readonly DocSection[];
  };
  const components = docComponents({ reader, settings: settingTexts() });
  return { html: renderToStaticMarkup(createElement(Content, { components })), sections };
}

beforeAll(async () => {
  for (const file of readdirSync(CONTENT)) {
    const name = file.replace(".mdx", "");
    pages.set(SHORT[name] ?? name, await render(readFileSync(`${CONTENT}/${file}`, "utf8")));
  }
}, 60_000);

const htmlOf = (slug: string) => pages.get(slug)?.html ?? "";
const anchorsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? "");

/** Every address inside the documentation, with its anchors. */
function places(): Map<string, string[]> {
  const api = openApiDocument("https://console.example.com");
  const found = new Map([...pages].map(([slug, { html }]) => [slug === "" ? "/docs" : `/docs/${slug}`, anchorsOf(html)]));
  found.set("/docs/api", [
    ...apiOperations(api).map(({ id }) => id),
    ...apiSharedSchemas(api).flatMap(({ name, formerAnchor }) => [anchorOf(name), formerAnchor ?? anchorOf(name)]),
    ...apiWebhooks(api).webhooks.map(({ id }) => id),
    "webhooks",
    "schemas",
  ]);
  found.set("/docs/errors", [...ERROR_CODE_NAMES]);
  return found;
}

describe("the documentation", () => {
  it("has a text for every page of its list, and no other", () => {
    const written = DOC_PAGES.map(({ slug }) => slug).filter((slug) => slug !== "api" && slug !== "errors");
    expect([...pages.keys()].sort()).toEqual([...written].sort());
  });

  it("has no link that leads nowhere", () => {
    const known = places();
    for (const [slug, { html }] of pages) {
      for (const [, href = ""] of html.matchAll(/ href="([^"]*)"/g)) {
        if (/^https?:/.test(href)) throw new Error(`${slug} links to ${href}: what is needed to read it stands here.`);
        const [path = "", anchor] = href.split("#");
        const target = path === "" ? docPath(slug as "") : path;
        if (!target.startsWith("/docs"))
          expect(["/sign-in?next=/docs/quickstart", "/api/openapi.json", "/packages"], `${slug}: ${href}`).toContain(href);
        else if (anchor === undefined) expect([...known.keys()], `${slug}: ${href}`).toContain(target);
        else expect(known.get(target), `${slug}: ${href}`).toContain(anchor);
      }
    }
  });

  it("gives every heading an anchor of its own, and lists the same headings beside the text", () => {
    for (const [slug, { html, sections }] of pages) {
      const headings = [...html.matchAll(/<h([23]) id="([^"]+)"/g)].map((match) => match[2]);
      expect(
        sections.filter(({ id }) => id !== "").map(({ id }) => id),
        slug,
      ).toEqual(headings);
      expect(new Set(anchorsOf(html)).size, slug).toBe(anchorsOf(html).length);
      expect(html, slug).not.toContain("style=");
    }
  });

  it("gives every table a name of its own", () => {
    for (const [slug, { html }] of pages) {
      const names = [...html.matchAll(/role="region" aria-label="([^"]*)"/g)].map((match) => match[1]);
      expect(names, slug).toEqual([...new Set(names)]);
    }
  });

  // Emails, errors, the SDK and people's bookmarks link to them. A heading that is renamed keeps its earlier ones, with `<Anchor id="…" />` above
  // it, so published-anchors.json is only ever added to.
  it("keeps every anchor that a heading has ever had", () => {
    for (const [slug, { html, sections }] of pages) {
      const published: readonly string[] = PUBLISHED_ANCHORS[slug as keyof typeof PUBLISHED_ANCHORS];
      expect(anchorsOf(html), slug).toEqual(expect.arrayContaining([...published]));
      expect(published, `${slug}: add it to published-anchors.json`).toEqual(
        expect.arrayContaining(sections.filter(({ id }) => id !== "").map(({ id }) => id)),
      );
    }
  });

  it("explains every status and every reason", () => {
    for (const name of [...GOVERNANCE_STATUSES, ...EXECUTION_STATUSES, ...GOVERNANCE_REASONS]) {
      expect(htmlOf("approval-flow")).toContain(`id="${name}"`);
    }
  });

  it("explains every policy", () => {
    for (const type of POLICY_TYPES) expect(htmlOf("concepts")).toContain(`id="${type}"`);
  });

  it("shows every limit as it is", () => {
    for (const name of LIMIT_NAMES) {
      const row = htmlOf("limits").split(`id="${name}"`)[1]?.split("</tr>")[0];
      expect(row, name).toContain(`>${LIMITS[name].toLocaleString("en-US")}<`);
    }
  });

  it("explains every setting", () => {
    for (const name of SETTING_NAMES.filter((setting) => setting !== "NODE_ENV")) {
      expect(htmlOf("self-hosting")).toContain(`id="${name}"`);
    }
    expect(
      settingTexts()
        .flatMap(({ settings }) => settings)
        .filter(({ text }) => text === ""),
    ).toEqual([]);
  });

  it("shows placeholders to strangers, and a reader's own workspace, but no key", async () => {
    expect(htmlOf("quickstart")).toContain(PUBLIC_URL_PLACEHOLDER);
    expect(htmlOf("quickstart")).toContain(WORKSPACE_PLACEHOLDER);
    const reader = { workspaceName: "Billing\nrm -rf", publicUrl: "https://daai.acme.example" };
    const { html } = await render(readFileSync(`${CONTENT}/quickstart.mdx`, "utf8"), reader);
    expect(html).toContain("https://daai.acme.example/api");
    expect(html).toContain("https://daai.acme.example/packages/daai_python-");
    expect(html).toContain("# Workspace: Billing rm -rf");
    expect(html).not.toContain(PUBLIC_URL_PLACEHOLDER);
    expect(html).not.toContain(WORKSPACE_PLACEHOLDER);
    expect(html).not.toMatch(/daai_[sw]k_[0-9A-Za-z]/);
  });

  it("shows only pictures that there are, small enough for a page", () => {
    for (const [slug, { html }] of pages) {
      for (const [, src = ""] of html.matchAll(/ src="([^"]*)"/g)) {
        expect(existsSync(`public${src}`), `${slug}: ${src}`).toBe(true);
        expect(statSync(`public${src}`).size, src).toBeLessThan(150 * 1024);
      }
    }
  });

  it("names only files that there are", () => {
    expect(existsSync("SECURITY.md")).toBe(true);
    expect(existsSync("sdk/python/pyproject.toml")).toBe(true);
  });
});
