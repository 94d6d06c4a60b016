"use client";

import { KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SecretValue } from "@/components/ui/secret-value";

/** A key, the one time it can be read. */
export function NewKeyShown({ value, label, children }: { value: string; label: string; children?: ReactNode }) {
  return (
    <div className="grid gap-3">
      <Notice tone="wait" icon={KeyRound} title="Store it now.">
        It’s shown only once. The console stores only a fingerprint of it.
      </Notice>
      <SecretValue value={value} label={label} />
      {children}
      <DialogFooter>
        <DialogClose>
          <Button variant="primary">I’ve stored it</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
