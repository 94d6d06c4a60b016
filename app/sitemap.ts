import type { MetadataRoute } from "next";
import { DOC_PAGES, docPath } from "@/lib/docs/doc-pages";
import { getEnv } from "@/lib/env";

// The address is a setting of the running console, not of the build.
export const dynamic = "force-dynamic";

export default function sitemap(): MetadataRoute.Sitemap {
  const { DAAI_PUBLIC_URL } = getEnv();
  return ["/", "/verify", "/packages", ...DOC_PAGES.map(({ slug }) => docPath(slug))].map((path) => ({ url: `${DAAI_PUBLIC_URL}${path}` }));
}
