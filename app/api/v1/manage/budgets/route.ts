import { createManagedBudget } from "@/lib/http/endpoints/manage/create-budget";
import { listManagedBudgets } from "@/lib/http/endpoints/manage/list-budgets";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(listManagedBudgets, createManagedBudget);
