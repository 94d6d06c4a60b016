import { listManagedFreezeTargets } from "@/lib/http/endpoints/manage/list-freeze-targets";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(listManagedFreezeTargets);
