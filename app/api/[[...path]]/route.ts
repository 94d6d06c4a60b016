import { nextHandlers } from "@/lib/http/mounts/next-mount";

// Any path below /api that no other file answers: a problem, not Next's page.
export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers();
