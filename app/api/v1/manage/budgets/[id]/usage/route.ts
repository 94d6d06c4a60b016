import { getManagedBudgetUsage } from "@/lib/http/endpoints/manage/get-budget-usage";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(getManagedBudgetUsage);
