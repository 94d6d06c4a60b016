import type { ReactNode } from "react";
import { requireOperator } from "@/lib/auth/require-operator";

/** For everyone but operators these pages don't exist. Each page checks again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireOperator();
  return children;
}
