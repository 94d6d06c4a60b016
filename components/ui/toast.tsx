"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Toast as RadixToast } from "radix-ui";
import { createContext, type ReactNode, use, useMemo, useState, useSyncExternalStore } from "react";
import { IconButton } from "./button";

export interface ToastMessage {
  tone?: "ok" | "stop" | "no";
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}

interface ShownToast extends ToastMessage {
  id: number;
}

interface Toasts {
  show: (message: ToastMessage) => void;
}

const ToastContext = createContext<Toasts>({ show: () => undefined });
const SHOWN_FOR_MS = 6_000;
const ICONS = { ok: CircleCheck, stop: CircleAlert, no: Info } as const;
const ICON_TONES = { ok: "text-ok", stop: "text-stop", no: "text-muted" } as const;

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
  return (
    <ToastContext value={value}>
      {children}
      <ToastArea toasts={toasts} onClosed={(id) => setToasts((shown) => shown.filter((toast) => toast.id !== id))} />
    </ToastContext>
  );
}

let lastId = 0;
const nextId = () => ++lastId;
const never = () => () => undefined;

/** Above a bar at the foot (`data-foot-bar`): what it says must not lie on what is pressed next. Only in the browser: on the server its viewport would carry styles that the content security policy refuses. */
function ToastArea({ toasts, onClosed }: { toasts: readonly ShownToast[]; onClosed: (id: number) => void }) {
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (!isBrowser) return null;
  return (
    <RadixToast.Provider duration={SHOWN_FOR_MS} label="Message">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} {...toast} onClosed={() => onClosed(toast.id)} />
      ))}
      <RadixToast.Viewport
        className="fixed right-6 bottom-6 z-50 grid w-[360px] max-w-[calc(100vw-32px)] gap-2 outline-none max-md:right-4 max-md:bottom-4 print:hidden [body:has([data-foot-bar])_&]:bottom-[88px] max-md:[body:has([data-foot-bar])_&]:bottom-36"
        label="Messages ({hotkey})"
      />
    </RadixToast.Provider>
  );
}

function ToastCard({ tone = "no", title, children, action, onClosed }: ToastMessage & { onClosed: () => void }) {
  const Icon = ICONS[tone];
  return (
    <RadixToast.Root
      className="flex items-start gap-2.5 rounded-lg bg-raised py-3 pr-2 pl-3.5 text-sm shadow-pop data-[state=closed]:animate-leave data-[state=open]:animate-rise"
      onOpenChange={(isOpen) => {
        if (!isOpen) onClosed();
      }}
    >
      <Icon className={`mt-0.5 size-4 flex-none ${ICON_TONES[tone]}`} strokeWidth={1.75} aria-hidden="true" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <RadixToast.Title className="font-medium">{title}</RadixToast.Title>
        {children === undefined ? null : (
          <RadixToast.Description className="text-muted" asChild>
            <div>{children}</div>
          </RadixToast.Description>
        )}
        {action === undefined ? null : <div className="mt-2">{action}</div>}
      </div>
      <RadixToast.Close asChild>
        <IconButton label="Close" size="sm">
          <X />
        </IconButton>
      </RadixToast.Close>
    </RadixToast.Root>
  );
}
