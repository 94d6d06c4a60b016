"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { createBudget } from "./create-budget";
import { deleteBudget } from "./delete-budget";
import { editBudget } from "./edit-budget";
import { budgetEditSchema, budgetIdSchema, newBudgetSchema } from "./schema";

export const submitNewBudget = memberServerAction(newBudgetSchema, (ctx, input) => createBudget(ctx, input));

export const submitEditedBudget = memberServerAction(budgetEditSchema, (ctx, input) => editBudget(ctx, input));

export const removeBudget = memberServerAction(budgetIdSchema, (ctx, { id }) => deleteBudget(ctx, id));
