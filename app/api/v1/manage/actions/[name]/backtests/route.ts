import { startManagedBacktest } from "@/lib/http/endpoints/manage/start-backtest";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(startManagedBacktest);
