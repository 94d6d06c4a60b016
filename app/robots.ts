import type { MetadataRoute } from "next";
import { getEnv } from "@/lib/env";

// The address is a setting of the running console, not of the build.
export const dynamic = "force-dynamic";

/** What is for everybody may be found; links of approvers and the console itself may not. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: "*", allow: ["/$", "/docs"], disallow: "/" },
    sitemap: `${getEnv().DAAI_PUBLIC_URL}/sitemap.xml`,
  };
}
