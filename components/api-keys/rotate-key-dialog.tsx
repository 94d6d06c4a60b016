"use client";

import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Instant } from "@/components/ui/instant";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { useServerForm } from "@/components/ui/use-server-form";
import type { RotatedKey } from "@/lib/api-keys/rotate-api-key";
import { rotateKey } from "@/lib/api-keys/server-actions";
import { NewKeyShown } from "./new-key-shown";
import { OverlapField, USUAL_OVERLAP_MINUTES } from "./overlap-field";
import type { ShownKey } from "./shown-key";

type Rotated = Pick<RotatedKey, "key" | "oldKeyExpiresAt">;

/** Creates a new key beside the old one, so that programs keep running while it is exchanged. */
export function RotateKeyDialog({ workspaceId, apiKey }: { workspaceId: string; apiKey: ShownKey }) {
  return (
    <SecretDialog<Rotated>
      trigger={
        <Button size="sm" aria-label={`Rotate ${apiKey.name}`}>
          Rotate
        </Button>
      }
      title={`Rotate ${apiKey.name}`}
      shownTitle={`New key for ${apiKey.name}`}
      form={(onRotated) => <RotateForm workspaceId={workspaceId} id={apiKey.id} onRotated={onRotated} />}
      shown={({ key, oldKeyExpiresAt }) => (
        <NewKeyShown value={key} label="Copy the new key">
          <p className="text-muted">
            The old key, <code className="font-mono text-xs">{apiKey.hint}</code>, works until <Instant at={oldKeyExpiresAt} />.
          </p>
        </NewKeyShown>
      )}
    />
  );
}

function RotateForm({ workspaceId, id, onRotated }: { workspaceId: string; id: string; onRotated: (rotated: Rotated) => void }) {
  const form = useServerForm({
    schema: () => import("@/lib/api-keys/schema").then(({ keyRotationSchema }) => keyRotationSchema),
    defaultValues: { id, overlapMinutes: USUAL_OVERLAP_MINUTES },
    submit: (values) => rotateKey(workspaceId, values),
    onDone: ({ key, oldKeyExpiresAt }) => onRotated({ key, oldKeyExpiresAt }),
  });
  return (
    <Form form={form} label="Rotate key">
      <p className="text-muted">This creates a new key with the same name. Replace the old key while both work.</p>
      <OverlapField label="Keep the old key working for" field={form.register("overlapMinutes", { valueAsNumber: true })} />
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Rotating">
          Rotate key
        </Button>
      </DialogFooter>
    </Form>
  );
}
