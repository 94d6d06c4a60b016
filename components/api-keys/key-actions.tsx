"use client";

import { useRouter } from "next/navigation";
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
    toast.show({ tone: "ok", title: `${apiKey.name} is revoked`, children: "Nothing is let in with it any more." });
    router.refresh();
  };
  return (
    <div className="flex gap-2">
      {apiKey.canRotate ? <RotateKeyDialog workspaceId={workspaceId} apiKey={apiKey} /> : null}
      <ConfirmDialog
        title={`Revoke ${apiKey.name}?`}
        confirmLabel="Revoke key"
        busyLabel="Revoking"
        cancelLabel="Keep it"
        onConfirm={revoke}
        trigger={
          <Button size="sm" variant="danger" aria-label={`Revoke ${apiKey.name}`}>
            Revoke
          </Button>
        }
      >
        <p>
          Every request with <code className="font-mono text-xs">{apiKey.hint}</code> is refused from this moment on. A program that uses it
          cannot ask, claim or report any more. It cannot be brought back.
        </p>
        {isLast ? (
          <p className="text-wait">
            It is the only {apiKey.kind === "api" ? "API key" : "workspace key"} that works: without another one, no program is let in.
          </p>
        ) : null}
      </ConfirmDialog>
    </div>
  );
}
