"use client";

import { OverlapField, USUAL_OVERLAP_MINUTES } from "@/components/api-keys/overlap-field";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Instant } from "@/components/ui/instant";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { useServerForm } from "@/components/ui/use-server-form";
import { webhookRotationSchema } from "@/lib/webhooks/schema";
import { rotateSecret } from "@/lib/webhooks/server-actions";
import { SecretShown } from "./secret-shown";

interface Rotated {
  secret: string;
  oldSecretEndsAt: Date | null;
}

/** A new secret; for a while both sign, so that no webhook is refused while it is exchanged. */
export function RotateSecretDialog({ workspaceId, id }: { workspaceId: string; id: string }) {
  return (
    <SecretDialog<Rotated>
      trigger={<Button size="sm">Rotate secret</Button>}
      title="Rotate the secret"
      shownTitle="The new secret"
      form={(onRotated) => <RotateForm workspaceId={workspaceId} id={id} onRotated={onRotated} />}
      shown={({ secret, oldSecretEndsAt }) => (
        <SecretShown value={secret}>
          <p className="text-muted">
            {oldSecretEndsAt === null ? (
              "The old one signs nothing any more."
            ) : (
              <>
                The old one signs beside it until <Instant at={oldSecretEndsAt} />.
              </>
            )}
          </p>
        </SecretShown>
      )}
    />
  );
}

function RotateForm({ workspaceId, id, onRotated }: { workspaceId: string; id: string; onRotated: (rotated: Rotated) => void }) {
  const form = useServerForm({
    schema: webhookRotationSchema,
    defaultValues: { id, overlapMinutes: USUAL_OVERLAP_MINUTES },
    submit: (values) => rotateSecret(workspaceId, values),
    onDone: ({ secret, oldSecretEndsAt }) => onRotated({ secret, oldSecretEndsAt }),
  });
  return (
    <Form form={form} label="Rotate secret">
      <p className="text-muted">
        Every webhook carries both signatures while both sign. Put the new secret where the old one is meanwhile.
      </p>
      <OverlapField label="The old one signs on for" field={form.register("overlapMinutes", { valueAsNumber: true })} />
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Rotating">
          Rotate secret
        </Button>
      </DialogFooter>
    </Form>
  );
}
