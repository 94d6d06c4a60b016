"use client";

import { useState } from "react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Instant } from "@/components/ui/instant";
import { SelectInput } from "@/components/ui/select-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { SecretShown } from "@/components/webhooks/secret-shown";
import { OVERLAPS } from "@/lib/api-keys/schema";
import { webhookRotationSchema } from "@/lib/webhooks/schema";
import { rotateSecret } from "@/lib/webhooks/server-actions";

interface Rotated {
  secret: string;
  oldSecretEndsAt: Date | null;
}

/** A new secret; for a while both sign, so that no webhook is refused while it is exchanged. */
export function RotateSecretDialog({ workspaceId, id }: { workspaceId: string; id: string }) {
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
    <Dialog open={isOpen} onOpenChange={change} trigger={<Button size="sm">Rotate secret</Button>}>
      <DialogContent
        title={rotated === null ? "Rotate the secret" : "The new secret"}
        onPointerDownOutside={(event) => {
          if (rotated !== null) event.preventDefault();
        }}
      >
        {rotated === null ? (
          <RotateForm workspaceId={workspaceId} id={id} onRotated={setRotated} />
        ) : (
          <SecretShown value={rotated.secret}>
            <p className="text-muted">{rotated.oldSecretEndsAt === null ? "The old one signs nothing any more." : <>The old one signs beside it until <Instant at={rotated.oldSecretEndsAt} />.</>}</p>
          </SecretShown>
        )}
      </DialogContent>
    </Dialog>
  );
}

const DAY_MINUTES = 1440;

function RotateForm({ workspaceId, id, onRotated }: { workspaceId: string; id: string; onRotated: (rotated: Rotated) => void }) {
  const form = useServerForm({
    schema: webhookRotationSchema,
    defaultValues: { id, overlapMinutes: DAY_MINUTES },
    submit: (values) => rotateSecret(workspaceId, values),
    onDone: ({ secret, oldSecretEndsAt }) => onRotated({ secret, oldSecretEndsAt }),
  });
  return (
    <Form form={form} label="Rotate secret">
      <p className="text-muted">Every webhook carries both signatures while both sign. Put the new secret where the old one is meanwhile.</p>
      <Field label="The old one signs on for" name="overlapMinutes">
        <SelectInput {...form.register("overlapMinutes", { valueAsNumber: true })}>
          {OVERLAPS.map(({ minutes, label }) => <option key={minutes} value={minutes}>{label}</option>)}
        </SelectInput>
      </Field>
      <DialogFooter>
        <DialogClose><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Rotating">Rotate secret</Button>
      </DialogFooter>
    </Form>
  );
}
