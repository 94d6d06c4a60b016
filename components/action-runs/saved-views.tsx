"use client";

import { Bookmark, Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { deleteRunsView, renameRunsView, saveRunsView } from "@/lib/action-runs/server-actions";
import type { SavedView } from "@/lib/action-runs/views/saved-views";
import { VIEW_NAME_MAX_LENGTH } from "@/lib/domain/access/limits";

/** The reader's own views of the list, and a form to name the current one. */
export function SavedViews({
  workspaceId,
  path,
  views,
  current,
}: {
  workspaceId: string;
  path: string;
  views: readonly SavedView[];
  /** The list's query string, from its first page. */
  current: string;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const [renamingId, setRenamingId] = useState<string | null>(null);
  const open = views.find(({ search }) => search === current);
  return (
    <Popover
      label="Saved views"
      align="end"
      width="w-80"
      open={isOpen}
      onOpenChange={(next) => {
        setIsOpen(next);
        setRenamingId(null);
      }}
      trigger={
        <Button className="max-w-56" icon={<Bookmark />}>
          <span className="block min-w-0 truncate">{open?.name ?? "Views"}</span>
        </Button>
      }
    >
      {views.length === 0 ? (
        <p className="text-xs text-muted">Filter or sort the runs, then save the view under a name. Only you see your views.</p>
      ) : (
        <ul className="-mx-1.5 -mt-1.5 grid max-h-64 overflow-y-auto">
          {views.map((view) => (
            <li className="flex min-h-9 items-center gap-1 rounded-md px-1.5 hover:bg-hover" key={view.id}>
              {view.id === renamingId ? (
                <RenameForm workspaceId={workspaceId} view={view} onDone={() => setRenamingId(null)} />
              ) : (
                <>
                  <Link
                    className={`min-w-0 flex-1 truncate rounded-sm py-1 ${view.search === current ? "font-medium text-link" : ""}`}
                    href={`${path}?${view.search}`}
                    title={view.name}
                    aria-current={view.search === current ? "true" : undefined}
                    onClick={() => setIsOpen(false)}
                  >
                    {view.name}
                  </Link>
                  <IconButton label={`Rename ${view.name}`} size="sm" onClick={() => setRenamingId(view.id)}>
                    <Pencil />
                  </IconButton>
                  <DeleteButton workspaceId={workspaceId} view={view} />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {open === undefined && current !== "" ? (
        <SaveForm workspaceId={workspaceId} search={current} onDone={() => setIsOpen(false)} />
      ) : null}
    </Popover>
  );
}

function SaveForm({ workspaceId, search, onDone }: { workspaceId: string; search: string; onDone: () => void }) {
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

function RenameForm({ workspaceId, view, onDone }: { workspaceId: string; view: SavedView; onDone: () => void }) {
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

/** Deleting needs no confirmation, because a bookmark is quickly made again. */
function DeleteButton({ workspaceId, view }: { workspaceId: string; view: SavedView }) {
  const router = useRouter();
  const toast = useToast();
  const remove = async () => {
    const outcome = await deleteRunsView(workspaceId, { id: view.id }).catch(() => null);
    if (outcome?.ok) toast.show({ tone: "ok", title: "View deleted" });
    else toast.show({ tone: "stop", title: "Couldn’t delete the view", children: outcome?.detail ?? "The console couldn’t be reached." });
    router.refresh();
  };
  return (
    <IconButton label={`Delete ${view.name}`} size="sm" onClick={() => void remove()}>
      <Trash2 />
    </IconButton>
  );
}
