import type { ReactNode } from "react";
import { requireOperator } from "@/lib/auth/require-operator";

/** To everybody but operators these pages do not exist. Each of them asks again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireOperator();
  return children;
}
