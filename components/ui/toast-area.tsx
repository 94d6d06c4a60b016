"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Toast } from "radix-ui";
import { IconButton } from "./button";
import type { ShownToast } from "./toast-message";
import { TOAST_BOX, TOAST_PLACE } from "./toast-style";

const SHOWN_FOR_MS = 6_000;
const ICONS = { ok: CircleCheck, stop: CircleAlert, no: Info } as const;
const ICON_TONES = { ok: "text-ok", stop: "text-stop", no: "text-muted" } as const;

export function ToastArea({ toasts, onClosed }: { toasts: readonly ShownToast[]; onClosed: (id: number) => void }) {
  return (
    <Toast.Provider duration={SHOWN_FOR_MS} label="Message">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} {...toast} onClosed={() => onClosed(toast.id)} />
      ))}
      <Toast.Viewport className={TOAST_PLACE} label="Messages ({hotkey})" />
    </Toast.Provider>
  );
}

function ToastCard({ tone = "no", title, children, action, onClosed }: ShownToast & { onClosed: () => void }) {
  const Icon = ICONS[tone];
  return (
    <Toast.Root
      className={`flex items-start gap-2.5 ${TOAST_BOX} data-[state=closed]:animate-leave data-[state=open]:animate-rise`}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClosed();
      }}
    >
      <Icon className={`mt-0.5 size-4 flex-none ${ICON_TONES[tone]}`} strokeWidth={1.75} aria-hidden="true" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <Toast.Title className="font-medium">{title}</Toast.Title>
        {children === undefined ? null : (
          <Toast.Description className="text-muted" asChild>
            <div>{children}</div>
          </Toast.Description>
        )}
        {action === undefined ? null : <div className="mt-2">{action}</div>}
      </div>
      <Toast.Close asChild>
        <IconButton label="Close" size="sm">
          <X />
        </IconButton>
      </Toast.Close>
    </Toast.Root>
  );
}
