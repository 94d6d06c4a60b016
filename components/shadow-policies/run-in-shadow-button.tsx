"use client";

import { Layers } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { Draft } from "@/lib/registered-actions/schema";
import { runInShadow } from "@/lib/shadow-policies/server-actions";

/** Beside Save: runs what is typed beside the policy in force instead of saving it. */
export function RunInShadowButton({
  workspaceId,
  name,
  draft,
  replacedOf,
  href,
}: {
  workspaceId: string;
  name: string;
  /** As it is typed; null while it isn't complete. */
  draft: Draft | null;
  /** Who started the shadow policy that runs; null: none does. */
  replacedOf: string | null;
  /** The action's page, which shows it. */
  href: string;
}) {
  const router = useRouter();
  const form = useFormContext();
  const toast = useToast();
  return (
    <ConfirmDialog
      trigger={
        <Button icon={<Layers />} disabled={draft === null}>
          Run in shadow…
        </Button>
      }
      title="Run this draft in shadow?"
      tone="plain"
      confirmLabel="Run in shadow"
      busyLabel="Starting"
      onConfirm={async () => {
        if (draft === null) return { ok: true };
        const outcome = await runInShadow(workspaceId, { name, draft });
        if (outcome.ok) {
          toast.show({ tone: "ok", title: outcome.isReplaced ? "Shadow policy replaced" : "Running in shadow" });
          // What was typed runs in shadow, so leaving doesn't lose it.
          form.reset(form.getValues(), { keepValues: true });
          router.push(href);
        }
        return outcome;
      }}
    >
      <p>
        From now on, the console also records what this draft would have decided about each new run. It doesn’t affect any run. The action’s
        page shows the comparison.
      </p>
      <p>Only the policy, risk and recipient field run in shadow. Other changes on this page are discarded.</p>
      {replacedOf === null ? null : <p className="wrap-anywhere">It replaces the shadow policy that {replacedOf} started.</p>}
    </ConfirmDialog>
  );
}
