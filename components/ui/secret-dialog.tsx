"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Dialog, DialogContent } from "./dialog";
import type { LateModule } from "./late-module";
import { requestLeave } from "./request-leave";

/**
 * Asks for what a secret needs, and then shows it, the one time. What stands behind the dialog is read again when it closes, not
 * while the secret is being copied, and a press beside it loses nothing.
 */
export function SecretDialog<Made>({
  trigger,
  title,
  shownTitle,
  description,
  content,
  form,
  shown,
}: {
  trigger: ReactNode;
  /** Where the code of `form` is late. */
  content?: LateModule<unknown>;
  title: string;
  shownTitle: string;
  /** Of what is asked for. */
  description?: string;
  /** `onMade(null)`: there is nothing to show, and the dialog closes. */
  form: (onMade: (made: Made | null) => void) => ReactNode;
  shown: (made: Made) => ReactNode;
}) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const change = (open: boolean) => {
    setIsOpen(open);
    if (open) return;
    setMade(null);
    router.refresh();
  };
  return (
    <Dialog
      content={content}
      open={isOpen}
      onOpenChange={(open) => (open ? change(true) : requestLeave(() => change(false)))}
      trigger={trigger}
    >
      <DialogContent
        title={made === null ? title : shownTitle}
        description={made === null ? description : undefined}
        onPointerDownOutside={(event) => {
          if (made !== null) event.preventDefault();
        }}
      >
        {made === null ? form((one) => (one === null ? change(false) : setMade(one))) : shown(made)}
      </DialogContent>
    </Dialog>
  );
}
