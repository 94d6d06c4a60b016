"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { renameRunsView, saveRunsView } from "@/lib/action-runs/server-actions";
import type { SavedView } from "@/lib/action-runs/views/saved-views";
import { VIEW_NAME_MAX_LENGTH } from "@/lib/domain/access/limits";

export function SaveViewForm({ workspaceId, search, onDone }: { workspaceId: string; search: string; onDone: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/action-runs/views/schema").then(({ newViewSchema }) => newViewSchema),
    defaultValues: { name: "", search },
    submit: ({ name }) => saveRunsView(workspaceId, { name, search }),
    onDone: () => {
      toast.show({ tone: "ok", title: "View saved" });
      router.refresh();
      onDone();
    },
  });
  return (
    <div className="mt-2 border-t border-line pt-3 first:mt-3">
      <Form form={form} className="grid gap-2" label="Save this view">
        <Field label="Name of this view" name="name">
          <TextInput {...form.register("name")} autoComplete="off" maxLength={VIEW_NAME_MAX_LENGTH} placeholder="High risk, this week" />
        </Field>
        <Button type="submit" size="sm" isBusy={form.isBusy} busyLabel="Saving">
          Save view
        </Button>
      </Form>
    </div>
  );
}

export function RenameViewForm({ workspaceId, view, onDone }: { workspaceId: string; view: SavedView; onDone: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/action-runs/views/schema").then(({ renamedViewSchema }) => renamedViewSchema),
    defaultValues: { id: view.id, name: view.name },
    submit: (values) => renameRunsView(workspaceId, values),
    onDone: () => {
      toast.show({ tone: "ok", title: "View renamed" });
      router.refresh();
      onDone();
    },
  });
  return (
    <Form form={form} className="grid min-w-0 flex-1 gap-2 py-1.5" label={`Rename ${view.name}`}>
      <Field label="New name" name="name">
        <TextInput {...form.register("name")} autoComplete="off" maxLength={VIEW_NAME_MAX_LENGTH} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" size="sm" isBusy={form.isBusy} busyLabel="Renaming">
          Rename view
        </Button>
      </div>
    </Form>
  );
}
