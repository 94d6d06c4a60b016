import type { MetadataRoute } from "next";
import { getEnv } from "@/lib/env";
import { inConsole } from "@/lib/net/base-path";

// The address is a setting of the running console, not of the build.
export const dynamic = "force-dynamic";

/** Search engines may index the public pages, but not approvers' links or the console. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: [inConsole("/$"), inConsole("/docs")], disallow: inConsole("/") },
    sitemap: `${getEnv().DAAI_PUBLIC_URL}/sitemap.xml`,
  };
}
