import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import createMdx from "@next/mdx";
import { MDX_OPTIONS } from "./lib/docs/mdx-options.mjs";

/**
 * What stands for the path that the console is served below: a build is for any path (scripts/console/place-base-path.ts). While developing,
 * it's the one that is set.
 */
const basePath = process.env.NODE_ENV === "production" ? "/daai-base-path" : developmentPath(process.env.DAAI_PUBLIC_URL);

/** @type {import("next").NextConfig} */
const config = {
  basePath,
  // For what Next itself doesn't put it in front of (lib/net/base-path.ts).
  env: { NEXT_PUBLIC_BASE_PATH: basePath },
  poweredByHeader: false,
  // The public address of the API has no /api in it; the route handlers live where Next wants them.
  rewrites: () => Promise.resolve([{ source: "/v1/:path*", destination: "/api/v1/:path*" }]),
  // Types are checked by `npm test`; checking them again at every first start would only make it slower.
  typescript: { ignoreBuildErrors: true },
  // A lock file in a parent folder must not move the root.
  turbopack: { root: dirname(fileURLToPath(import.meta.url)) },
  // They find files of their own beside them at run time, which bundling breaks.
  serverExternalPackages: ["graphile-worker", "pg-copy-streams"],
  // A page is loaded when it is first asked for: all of them at once take half a second from the start.
  experimental: { preloadEntriesOnStart: false },
  // Next writes nothing into the repository.
  agentRules: false,
};

export default createMdx({ options: MDX_OPTIONS })(config);

function developmentPath(publicUrl) {
  return publicUrl ? new URL(publicUrl).pathname.replace(/\/$/, "") : "";
}
