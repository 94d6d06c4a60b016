import { listManagedActions } from "@/lib/http/endpoints/manage/list-actions";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(listManagedActions);
