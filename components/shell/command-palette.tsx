"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { SCRIM } from "@/components/ui/floating-style";
import { Kbd } from "@/components/ui/kbd";
import { requestLeave } from "@/components/ui/request-leave";
import { chooseTheme } from "@/components/ui/theme";
import { filterEntries, groupEntries, type PaletteEntry } from "./palette-entries";
import { ACCOUNT, ADMIN, APPROVALS, DOCS, HOME, sameSectionIn, workspaceLinks } from "./shell-links";
import type { SidebarProps } from "./sidebar";
import { signOut } from "./sign-out";
import { useSearchResults } from "./use-search-results";

/** Finds every page and command by typing. */
export function CommandPalette({
  isOpen,
  onOpenChange,
  initialText,
  ...rest
}: SidebarProps & {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Typed before it was loaded. */
  initialText: string;
}) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM} />
        <Dialog.Content
          className="fixed top-[12vh] left-1/2 z-40 w-[560px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-xl bg-raised text-sm shadow-pop outline-none data-[state=closed]:animate-leave data-[state=open]:animate-rise max-md:top-4"
          aria-describedby={undefined}
        >
          <Dialog.Title className="sr-only">Search or jump to…</Dialog.Title>
          <Palette {...rest} initialText={initialText} close={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ close, initialText, ...shell }: SidebarProps & { close: () => void; initialText: string }) {
  const router = useRouter();
  const [text, setText] = useState(initialText);
  const found = useSearchResults(text);
  const entries = [...filterEntries(ownEntries(shell), text), ...found.entries, ...searchEverywhere(shell, text)];

  // Search results arrive after local entries, and the selection then moves back to the first entry.
  const firstId = entries[0]?.id ?? "";
  const [chosen, setChosen] = useState({ of: firstId, id: firstId });
  if (chosen.of !== firstId) setChosen({ of: firstId, id: firstId });

  const choose = (entry: PaletteEntry) => {
    close();
    const { href, run } = entry;
    if (href !== undefined) requestLeave(() => router.push(href));
    run?.();
  };

  return (
    <Command label="Search or jump to…" shouldFilter={false} value={chosen.id} onValueChange={(id) => setChosen({ of: firstId, id })} loop>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search className="size-4 flex-none text-subtle" strokeWidth={1.75} aria-hidden="true" />
        <Command.Input
          className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-subtle max-md:text-lg"
          value={text}
          placeholder="A page, an action or a run ID…"
          maxLength={100}
          onValueChange={setText}
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[min(420px,60dvh)] overflow-y-auto overscroll-contain p-1.5" label="Results">
        <Command.Empty className="px-3 py-6 text-center text-muted">{found.isSearching ? "Searching" : "No results"}</Command.Empty>
        {groupEntries(entries).map(({ group, entries: members }) => (
          <Command.Group
            key={group}
            heading={<VisibleText text={group} />}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-subtle"
          >
            {members.map((entry) => (
              <Command.Item
                className="flex min-h-8 cursor-pointer items-baseline gap-2.5 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-pressed max-md:min-h-10 max-md:py-2.5"
                key={entry.id}
                value={entry.id}
                onSelect={() => choose(entry)}
              >
                <span className="max-w-[60%] flex-none truncate font-medium">
                  <VisibleText text={entry.label} />
                </span>
                {entry.note === undefined ? null : (
                  <span className="min-w-0 flex-1 truncate text-xs text-muted">
                    <VisibleText text={entry.note} />
                  </span>
                )}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
      {found.hasFailed ? (
        <p className="border-t border-line px-4 py-2 text-xs text-stop" role="status">
          Couldn’t search actions and runs.
        </p>
      ) : null}
    </Command>
  );
}

function ownEntries({ current, workspaces, user }: SidebarProps): PaletteEntry[] {
  const goTo = [HOME, APPROVALS, ACCOUNT, DOCS, ...(user.isOperator ? [ADMIN] : [])];
  const isAnother = workspaces.filter(({ id }) => id !== current?.id);
  return [
    ...(current === null
      ? []
      : workspaceLinks(current.id, current.role).map(({ href, label }) => ({ id: href, group: current.name, label, href }))),
    ...goTo.map(({ href, label }) => ({ id: href, group: "Go to", label, href })),
    ...isAnother.map(({ id, name, clientName }) => ({
      id,
      group: "Workspaces",
      label: name,
      note: clientName,
      href: sameSectionIn(id, ""),
    })),
    { id: "new workspace", group: "Workspaces", label: "Create workspace", keywords: "new add", href: "/workspaces/new" },
    { id: "light", group: "Theme", label: "Light", keywords: "theme", run: () => chooseTheme("light") },
    { id: "dark", group: "Theme", label: "Dark", keywords: "theme", run: () => chooseTheme("dark") },
    { id: "system", group: "Theme", label: "System", keywords: "theme", run: () => chooseTheme("system") },
    { id: "sign out", group: "You", label: "Sign out", keywords: "log leave", run: () => requestLeave(() => void signOut()) },
  ];
}

/** The last entry: searches all runs of the workspace, which the palette doesn't. */
function searchEverywhere({ current }: SidebarProps, text: string): PaletteEntry[] {
  const wanted = text.trim();
  if (current === null || wanted.length < 2) return [];
  return [
    {
      id: "all runs",
      group: "Runs",
      label: `Search all runs for “${wanted}”`,
      note: current.name,
      href: `/workspaces/${current.id}/runs?q=${encodeURIComponent(wanted)}`,
    },
  ];
}
