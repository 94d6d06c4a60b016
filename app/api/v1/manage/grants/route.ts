import { listManagedGrants } from "@/lib/http/endpoints/manage/list-grants";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(listManagedGrants);
