"use client";

import { useRouter } from "next/navigation";
import { FreezeButton } from "@/components/freezes/freeze-button";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { revokeKey } from "@/lib/api-keys/server-actions";
import { RotateKeyDialog } from "./rotate-key-dialog";
import type { ShownKey } from "./shown-key";

/** `isLast`: no other key of its kind works, so every program stops with it. */
export function KeyActions({ workspaceId, apiKey, isLast }: { workspaceId: string; apiKey: ShownKey; isLast: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const revoke = async () => {
    const outcome = await revokeKey(workspaceId, { id: apiKey.id });
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: "Key revoked", children: `Requests that use ${apiKey.name} are now rejected.` });
    router.refresh();
  };
  return (
    <div className="flex flex-wrap gap-2">
      {apiKey.kind === "api" ? (
        <FreezeButton target={{ scope: "api_key", workspaceId, name: apiKey.name, apiKeyId: apiKey.id }} size="sm" />
      ) : null}
      {apiKey.canRotate ? <RotateKeyDialog workspaceId={workspaceId} apiKey={apiKey} /> : null}
      <ConfirmDialog
        title={`Revoke key “${apiKey.name}”?`}
        confirmLabel="Revoke key"
        busyLabel="Revoking"
        cancelLabel="Keep key"
        onConfirm={revoke}
        trigger={
          <Button size="sm" variant="danger" aria-label={`Revoke ${apiKey.name}`}>
            Revoke
          </Button>
        }
      >
        <p>
          Every request with <code className="font-mono text-xs">{apiKey.hint}</code> will be rejected. An app that uses it can no longer
          propose, claim or report. This can’t be undone.
        </p>
        {isLast ? (
          <p className="text-wait">
            It is the only {apiKey.kind === "api" ? "API key" : "workspace key"} that works. Without another one, every request is rejected.
          </p>
        ) : null}
      </ConfirmDialog>
    </div>
  );
}
