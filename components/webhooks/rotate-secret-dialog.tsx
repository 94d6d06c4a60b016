"use client";

import { OverlapField, USUAL_OVERLAP_MINUTES } from "@/components/api-keys/overlap-field";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Instant } from "@/components/ui/instant";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { useServerForm } from "@/components/ui/use-server-form";
import { rotateSecret } from "@/lib/webhooks/server-actions";
import { SecretShown } from "./secret-shown";

interface Rotated {
  secret: string;
  oldSecretEndsAt: Date | null;
}

/** A new secret; for a while both sign, so that no webhook is refused during the change. */
export function RotateSecretDialog({ workspaceId, id }: { workspaceId: string; id: string }) {
  return (
    <SecretDialog<Rotated>
      trigger={<Button size="sm">Rotate secret</Button>}
      title="Rotate secret"
      shownTitle="New signing secret"
      form={(onRotated) => <RotateForm workspaceId={workspaceId} id={id} onRotated={onRotated} />}
      shown={({ secret, oldSecretEndsAt }) => (
        <SecretShown value={secret}>
          <p className="text-muted">
            {oldSecretEndsAt === null ? (
              "The old secret no longer signs."
            ) : (
              <>
                The old secret also signs until <Instant at={oldSecretEndsAt} />.
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
    schema: () => import("@/lib/webhooks/schema").then(({ webhookRotationSchema }) => webhookRotationSchema),
    defaultValues: { id, overlapMinutes: USUAL_OVERLAP_MINUTES },
    submit: (values) => rotateSecret(workspaceId, values),
    onDone: ({ secret, oldSecretEndsAt }) => onRotated({ secret, oldSecretEndsAt }),
  });
  return (
    <Form form={form} label="Rotate secret">
      <p className="text-muted">
        During the overlap, every webhook includes both signatures. Replace the old secret in your app in that time.
      </p>
      <OverlapField label="Keep the old secret for" field={form.register("overlapMinutes", { valueAsNumber: true })} />
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
