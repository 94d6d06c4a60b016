import type { ReactNode } from "react";

export interface ToastMessage {
  tone?: "ok" | "stop" | "no";
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}

export interface ShownToast extends ToastMessage {
  id: number;
}
