import { fileURLToPath } from "node:url";

/** How the documentation is compiled. Turbopack passes options on as data, so plugins are named and not imported. */
export const MDX_OPTIONS = {
  remarkPlugins: ["remark-gfm"],
  rehypePlugins: [
    "rehype-slug",
    fileURLToPath(new URL("./rehype-sections.mjs", import.meta.url)),
    ["rehype-highlight", { aliases: { bash: ["sh"] } }],
  ],
};
