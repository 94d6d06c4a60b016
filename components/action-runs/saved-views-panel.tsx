"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { useToast } from "@/components/ui/toast";
import { deleteRunsView } from "@/lib/action-runs/server-actions";
import type { SavedView } from "@/lib/action-runs/views/saved-views";
import { RenameViewForm, SaveViewForm } from "./saved-view-forms";

export interface SavedViewsProps {
  workspaceId: string;
  path: string;
  views: readonly SavedView[];
  /** The list's query string, from its first page. */
  current: string;
}

export function SavedViewsPanel({ workspaceId, path, views, current, close }: SavedViewsProps & { close: () => void }) {
  const [renamingId, setRenamingId] = useState<string | null>(null);
  const isSaved = views.some(({ search }) => search === current);
  return (
    <>
      {views.length === 0 ? (
        <p className="text-xs text-muted">Filter or sort the runs, then save the view under a name. Only you see your views.</p>
      ) : (
        <ul className="-mx-1.5 -mt-1.5 grid max-h-64 overflow-y-auto">
          {views.map((view) => (
            <li className="flex min-h-9 items-center gap-1 rounded-md px-1.5 hover:bg-hover" key={view.id}>
              {view.id === renamingId ? (
                <RenameViewForm workspaceId={workspaceId} view={view} onDone={() => setRenamingId(null)} />
              ) : (
                <>
                  <Link
                    className={`min-w-0 flex-1 truncate rounded-sm py-1 ${view.search === current ? "font-medium text-link" : ""}`}
                    href={`${path}?${view.search}`}
                    title={view.name}
                    aria-current={view.search === current ? "true" : undefined}
                    onClick={close}
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
      {!isSaved && current !== "" ? <SaveViewForm workspaceId={workspaceId} search={current} onDone={close} /> : null}
    </>
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
