import { deleteManagedBudget } from "@/lib/http/endpoints/manage/delete-budget";
import { editManagedBudget } from "@/lib/http/endpoints/manage/edit-budget";
import { getManagedBudget } from "@/lib/http/endpoints/manage/get-budget";
import { nextHandlers } from "@/lib/http/mounts/next-mount";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextHandlers(getManagedBudget, editManagedBudget, deleteManagedBudget);
