import type { MetadataRoute } from "next";
import { getEnv } from "@/lib/env";

// The address is a setting of the running console, not of the build.
export const dynamic = "force-dynamic";

/** Search engines may index the public pages, but not approvers' links or the console. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: ["/$", "/docs"], disallow: "/" },
    sitemap: `${getEnv().DAAI_PUBLIC_URL}/sitemap.xml`,
  };
}
