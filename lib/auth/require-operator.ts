import { notFound } from "next/navigation";
import type { OperatorContext } from "@/lib/security/context";
import { operatorContext } from "./contexts";
import { requireSessionUser } from "./require-user";

/** For the pages of the operator. To everybody else they do not exist. */
export async function requireOperator(): Promise<OperatorContext> {
  const user = await requireSessionUser();
  return user.isOperator ? operatorContext(null, user.email) : notFound();
}
