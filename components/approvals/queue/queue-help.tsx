"use client";

import { Keyboard } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { QUEUE_KEYS } from "./queue-keys";

export function QueueHelp({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      trigger={
        <IconButton className="max-md:hidden" label="Keyboard shortcuts" title="Keyboard shortcuts (?)" size="sm">
          <Keyboard />
        </IconButton>
      }
    >
      <DialogContent
        title="Keyboard shortcuts"
        description="Decisions take two keys: press the letter to select the button, then Enter to confirm. R also moves to the comment, where you can type. Any other key in between cancels."
      >
        <dl className="grid gap-2">
          {QUEUE_KEYS.map(({ keys, what }) => (
            <div className="flex items-center justify-between gap-4" key={what}>
              <dt className="order-2 flex flex-none gap-1">
                {keys.map((key) => (
                  <span key={key}>
                    <Kbd>{key}</Kbd>
                    <span className="sr-only">{key} </span>
                  </span>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
