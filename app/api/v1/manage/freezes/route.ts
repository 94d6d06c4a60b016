import { listManagedFreezes } from "@/lib/http/endpoints/manage/list-freezes";
import { startManagedFreeze } from "@/lib/http/endpoints/manage/start-freeze";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(listManagedFreezes, startManagedFreeze);
