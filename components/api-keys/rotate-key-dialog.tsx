"use client";

import { useState } from "react";
import { useRouter } from "next/navigation";
import type { ShownKey } from "@/components/api-keys/shown-key";
import { NewKeyShown } from "@/components/api-keys/new-key-shown";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Instant } from "@/components/ui/instant";
import { SelectInput } from "@/components/ui/select-input";
import { useServerForm } from "@/components/ui/use-server-form";
import type { RotatedKey } from "@/lib/api-keys/rotate-api-key";
import { keyRotationSchema, OVERLAPS } from "@/lib/api-keys/schema";
import { rotateKey } from "@/lib/api-keys/server-actions";

type Rotated = Pick<RotatedKey, "key" | "oldKeyExpiresAt">;

/** A successor beside the old key, so that no program stands still while it is exchanged. */
export function RotateKeyDialog({ workspaceId, apiKey }: { workspaceId: string; apiKey: ShownKey }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [rotated, setRotated] = useState<Rotated | null>(null);
  const change = (open: boolean) => {
    setIsOpen(open);
    if (open) return;
    setRotated(null);
    router.refresh();
  };
  return (
    <Dialog open={isOpen} onOpenChange={change} trigger={<Button size="sm" aria-label={`Rotate ${apiKey.name}`}>Rotate</Button>}>
      <DialogContent
        title={rotated === null ? `Rotate ${apiKey.name}` : `The successor of ${apiKey.name}`}
        onPointerDownOutside={(event) => {
          if (rotated !== null) event.preventDefault();
        }}
      >
        {rotated === null ? (
          <RotateForm workspaceId={workspaceId} id={apiKey.id} onRotated={setRotated} />
        ) : (
          <NewKeyShown value={rotated.key} label="Copy the new key">
            <p className="text-muted">The old one, <code className="font-mono text-xs">{apiKey.hint}</code>, works until <Instant at={rotated.oldKeyExpiresAt} />.</p>
          </NewKeyShown>
        )}
      </DialogContent>
    </Dialog>
  );
}

const DAY_MINUTES = 1440;

function RotateForm({ workspaceId, id, onRotated }: { workspaceId: string; id: string; onRotated: (rotated: Rotated) => void }) {
  const form = useServerForm({
    schema: keyRotationSchema,
    defaultValues: { id, overlapMinutes: DAY_MINUTES },
    submit: (values) => rotateKey(workspaceId, values),
    onDone: ({ key, oldKeyExpiresAt }) => onRotated({ key, oldKeyExpiresAt }),
  });
  return (
    <Form form={form} label="Rotate key">
      <p className="text-muted">A new key with the same name is made. Put it where the old one is while both work.</p>
      <Field label="The old one works on for" name="overlapMinutes">
        <SelectInput {...form.register("overlapMinutes", { valueAsNumber: true })}>
          {OVERLAPS.map(({ minutes, label }) => <option key={minutes} value={minutes}>{label}</option>)}
        </SelectInput>
      </Field>
      <DialogFooter>
        <DialogClose><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Rotating">Rotate key</Button>
      </DialogFooter>
    </Form>
  );
}
