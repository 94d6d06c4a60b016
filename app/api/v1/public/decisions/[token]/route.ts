import { decide } from "@/lib/http/endpoints/decide";
import { getDecision } from "@/lib/http/endpoints/get-decision";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(getDecision, decide);
