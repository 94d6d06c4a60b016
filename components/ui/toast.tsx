"use client";

import { X } from "lucide-react";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { IconButton } from "./button";
import { lateModule, preload, useLateModule } from "./late-module";
import type { ShownToast, ToastMessage } from "./toast-message";
import { TOAST_BOX, TOAST_PLACE } from "./toast-style";

interface Toasts {
  show: (message: ToastMessage) => void;
}

const lateArea = lateModule(() => import("./toast-area"));

const ToastContext = createContext<Toasts>({ show: () => undefined });

/** `useToast().show({ tone, title, children })` says that something happened; nothing that must be kept in mind. */
export function useToast(): Toasts {
  return use(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<ShownToast[]>([]);
  const value = useMemo<Toasts>(
    () => ({ show: (message) => setToasts((shown) => [...shown.slice(-2), { ...message, id: nextId() }]) }),
    [],
  );
  const close = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  const { area, hasFailed } = useToastArea(toasts.length > 0);
  return (
    <ToastContext value={value}>
      {children}
      {area === null ? null : <area.ToastArea toasts={toasts} onClosed={close} />}
      {hasFailed ? <PlainToasts toasts={toasts} onClosed={close} /> : null}
    </ToastContext>
  );
}

let lastId = 0;
const nextId = () => ++lastId;

/** Loaded at the first press, which whatever a toast says usually follows. */
function useToastArea(isNeeded: boolean) {
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const start = () => {
      ended.abort();
      preload(lateArea);
    };
    for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, start, { capture: true, signal: ended.signal });
    return () => ended.abort();
  }, []);
  useEffect(() => {
    if (isNeeded)
      lateArea.load().then(
        () => setHasFailed(false),
        () => setHasFailed(true),
      );
  }, [isNeeded]);
  return { area: useLateModule(lateArea, isNeeded), hasFailed };
}

/** For when the console can't be reached, which is also what the message is then about. */
function PlainToasts({ toasts, onClosed }: { toasts: readonly ShownToast[]; onClosed: (id: number) => void }) {
  return (
    <section className={TOAST_PLACE} aria-label="Messages">
      {toasts.map(({ id, title, children, action }) => (
        <div className={`flex items-start gap-2.5 ${TOAST_BOX}`} key={id} role="status">
          <div className="min-w-0 flex-1 wrap-anywhere">
            <p className="font-medium">{title}</p>
            {children === undefined ? null : <div className="text-muted">{children}</div>}
            {action === undefined ? null : <div className="mt-2">{action}</div>}
          </div>
          <IconButton label="Close" size="sm" onClick={() => onClosed(id)}>
            <X />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
