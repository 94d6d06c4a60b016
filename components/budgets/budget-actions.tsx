"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { removeBudget } from "@/lib/budgets/server-actions";
import { budgetPath, budgetsPath } from "./budget-paths";

/** What owners and admins can do with a budget, on its page. */
export function BudgetActions({ workspaceId, id, name }: { workspaceId: string; id: string; name: string }) {
  const router = useRouter();
  const toast = useToast();
  const remove = async () => {
    const outcome = await removeBudget(workspaceId, { id });
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: "Budget deleted" });
    router.push(budgetsPath(workspaceId));
    return outcome;
  };
  return (
    <>
      <ButtonLink href={`${budgetPath(workspaceId, id)}/edit`} icon={<Pencil />}>
        Edit
      </ButtonLink>
      <ConfirmDialog
        title={`Delete budget “${name}”?`}
        confirmLabel="Delete budget"
        busyLabel="Deleting"
        cancelLabel="Keep budget"
        onConfirm={remove}
        trigger={<Button icon={<Trash2 />}>Delete budget…</Button>}
      >
        <p>It will no longer limit runs. The runs it counted stay, with their entries. This can’t be undone.</p>
      </ConfirmDialog>
    </>
  );
}
