import { notFound } from "next/navigation";
import type { OperatorContext } from "@/lib/security/context";
import { operatorContext } from "./contexts";
import { requireSessionUser } from "./require-user";

/** For operator pages. Everyone else gets a 404. */
export async function requireOperator(): Promise<OperatorContext> {
  const user = await requireSessionUser();
  return user.isOperator ? operatorContext(null, user.email) : notFound();
}
