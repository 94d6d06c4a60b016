import { getManagedAction } from "@/lib/http/endpoints/manage/get-action";
import { putManagedAction } from "@/lib/http/endpoints/manage/put-action";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(getManagedAction, putManagedAction);
