"use client";

import { Layers } from "lucide-react";
import { useRouter } from "next/navigation";
import { type Ref, useTransition } from "react";
import { queuePath } from "@/components/approvals/queue-path";
import { SearchInput } from "@/components/data-table/search-input";
import { IconButton } from "@/components/ui/button";
import { SelectInput } from "@/components/ui/select-input";
import type { WaitingQueue } from "@/lib/approvals/waiting-run";
import { QUEUE_TEXT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { QUEUE_SORTS, type QueueSearch, type QueueSort } from "@/lib/domain/runs/queue-order";

const SORT_LABELS: Readonly<Record<QueueSort, string>> = {
  risk: "Highest risk",
  deadline: "Nearest deadline",
  amount: "Largest amount",
  oldest: "Oldest",
};

/** Searches, sorts and groups the queue. The URL stores all of it, so the same view can be opened again. */
export function QueueTools({
  search,
  workspaces,
  searchRef,
}: {
  search: QueueSearch;
  workspaces: WaitingQueue["workspaces"];
  searchRef: Ref<HTMLInputElement>;
}) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const change = (wanted: Partial<QueueSearch>) =>
    startTransition(() => router.push(queuePath({ ...search, ...wanted }), { scroll: false }));
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-line px-3 py-2" role="search" aria-busy={isPending}>
      <SearchInput
        className="min-w-24 flex-1"
        label="Search pending requests"
        placeholder="Search"
        maxLength={QUEUE_TEXT_MAX_LENGTH}
        value={search.text ?? ""}
        onSearch={(text) => change({ text: text === "" ? null : text })}
        ref={searchRef}
      />
      <SelectInput
        className="w-[148px] flex-none"
        size="sm"
        aria-label="Sort by"
        value={search.sort}
        onChange={(event) => change({ sort: QUEUE_SORTS.find((sort) => sort === event.target.value) })}
      >
        {QUEUE_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_LABELS[sort]}
          </option>
        ))}
      </SelectInput>
      <IconButton
        className="aria-pressed:bg-accent-soft aria-pressed:text-link"
        label="Group by action"
        size="sm"
        aria-pressed={search.isGrouped}
        onClick={() => change({ isGrouped: !search.isGrouped })}
      >
        <Layers />
      </IconButton>
      <WorkspaceFilter workspaces={workspaces} workspaceId={search.workspaceId} onChange={(workspaceId) => change({ workspaceId })} />
    </div>
  );
}

function WorkspaceFilter({
  workspaces,
  workspaceId,
  onChange,
}: {
  workspaces: WaitingQueue["workspaces"];
  workspaceId: string | null;
  onChange: (workspaceId: string | null) => void;
}) {
  const isListed = workspaces.some(({ id }) => id === workspaceId);
  if (workspaces.length < 2 && workspaceId === null) return null;
  return (
    <SelectInput
      className="min-w-0 basis-full"
      size="sm"
      aria-label="Workspace"
      value={workspaceId ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
    >
      <option value="">All workspaces</option>
      {workspaceId !== null && !isListed ? <option value={workspaceId}>This workspace</option> : null}
      {workspaces.map(({ id, name, count }) => (
        <option key={id} value={id}>
          {name} ({count})
        </option>
      ))}
    </SelectInput>
  );
}
