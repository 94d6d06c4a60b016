"use client";

import { useEffect, useState, type ReactNode } from "react";
import { usePathname } from "next/navigation";
import { CommandPalette } from "./command-palette";
import { rememberWorkspace } from "./last-workspace";
import { PhoneMenu } from "./phone-menu";
import { workspaceIdIn } from "./shell-links";
import { Sidebar, type SidebarProps } from "./sidebar";
import { TopBar } from "./top-bar";
import { StyleNonce } from "@/components/ui/style-nonce";
import { ToastProvider } from "@/components/ui/toast";

/** What stands around every page of the console. */
export function ConsoleShell({
  lastWorkspaceId,
  live,
  children,
  ...rest
}: Omit<SidebarProps, "current"> & {
  lastWorkspaceId: string | null;
  live: ReactNode;
  children: ReactNode;
}) {
  const current = useCurrentWorkspace(rest.workspaces, lastWorkspaceId);
  const [isSearching, setIsSearching] = useState(false);
  useSearchShortcut(() => setIsSearching(true));
  const sidebar = { ...rest, current };
  return (
    <ToastProvider>
      <StyleNonce />
      <a className="fixed -top-16 left-2 z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:top-2 print:hidden" href="#main">
        Skip to content
      </a>
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[57px_minmax(0,1fr)] xl:grid-cols-[232px_minmax(0,1fr)] print:block">
        <aside className="hidden border-r border-line bg-sidebar md:block print:hidden" aria-label="Main">
          <div className="sticky top-0 flex h-dvh flex-col overflow-y-auto p-2">
            <Sidebar {...sidebar} />
          </div>
        </aside>
        <div className="group/frame flex min-w-0 flex-col">
          <TopBar menu={<PhoneMenu {...sidebar} />} live={live} onSearch={() => setIsSearching(true)} />
          <main className="flex min-w-0 flex-1 flex-col outline-none" id="main" tabIndex={-1}>
            <p className="hidden border-b border-wait-line bg-wait-soft px-4 py-2.5 noscript:block">
              <strong className="font-semibold text-wait">The console needs JavaScript,</strong> which is turned off. Links in approval
              emails work without it.
            </p>
            {children}
          </main>
        </div>
      </div>
      <CommandPalette {...sidebar} isOpen={isSearching} onOpenChange={setIsSearching} />
    </ToastProvider>
  );
}

/** The one of the address; elsewhere the one that was open last. */
function useCurrentWorkspace(workspaces: SidebarProps["workspaces"], lastWorkspaceId: string | null) {
  const inAddress = workspaceIdIn(usePathname());
  const [lastId, setLastId] = useState(lastWorkspaceId);
  const find = (id: string | null) => workspaces.find((workspace) => workspace.id === id);
  const opened = find(inAddress);
  if (opened !== undefined && opened.id !== lastId) setLastId(opened.id);

  const openedId = opened?.id;
  useEffect(() => {
    if (openedId !== undefined) rememberWorkspace(openedId);
  }, [openedId]);

  return opened ?? find(lastId) ?? workspaces[0] ?? null;
}

function useSearchShortcut(open: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [open]);
}
