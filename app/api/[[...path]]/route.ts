import { nextHandlers } from "@/lib/http/mounts/next-mount";

// Unknown paths below /api: a problem response instead of Next's page.
export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers();
