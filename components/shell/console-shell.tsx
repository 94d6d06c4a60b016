"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { CRUMBS_SLOT } from "@/components/ui/breadcrumbs";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingWords, Skeleton } from "@/components/ui/skeleton";
import { StyleNonce } from "@/components/ui/style-nonce";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { ToastProvider } from "@/components/ui/toast";
import { rememberWorkspace } from "./last-workspace";
import { PaletteOpener } from "./palette-opener";
import { PhoneMenu } from "./phone-menu";
import { workspaceIdIn } from "./shell-links";
import { Sidebar, type SidebarProps } from "./sidebar";

/** The frame around every page of the console. */
export function ConsoleShell({
  lastWorkspaceId,
  live,
  banner,
  children,
  ...rest
}: Omit<SidebarProps, "current"> & {
  lastWorkspaceId: string | null;
  live: ReactNode;
  /** Above every page. */
  banner: ReactNode;
  children: ReactNode;
}) {
  const current = useCurrentWorkspace(rest.workspaces, lastWorkspaceId);
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
          <TopBar menu={<PhoneMenu {...sidebar} />} live={live} search={<PaletteOpener {...sidebar} />} />
          <main className="flex min-w-0 flex-1 flex-col outline-none" id="main" tabIndex={-1}>
            <p className="hidden border-b border-wait-line bg-wait-soft px-4 py-2.5 noscript:block">
              <strong className="font-semibold text-wait">The console needs JavaScript,</strong> which is turned off. Links in approval
              emails work without it.
            </p>
            {banner}
            <div className="peer contents">{children}</div>
            <div className="hidden peer-empty:block">
              <PageSkeleton />
            </div>
          </main>
        </div>
      </div>
    </ToastProvider>
  );
}

/** Shown while a page loads for which Next has neither content nor a skeleton, because its prefetch was aborted. */
function PageSkeleton() {
  return (
    <Page>
      <LoadingWords what="the page" />
      <Skeleton className="h-5 w-40" />
      <Card className="mt-6 grid gap-4 p-4">
        {["w-64", "w-48", "w-56"].map((width) => (
          <Skeleton className={width} key={width} />
        ))}
      </Card>
    </Page>
  );
}

/** The URL's workspace; elsewhere the one opened last. */
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

/** The current location, the live status, the command palette, and the theme. */
function TopBar({ menu, live, search }: { menu: ReactNode; live: ReactNode; search: ReactNode }) {
  return (
    <header className="sticky top-0 z-20 flex h-12 flex-none items-center gap-2 border-b border-line bg-canvas pr-4 pl-8 max-xl:pr-3 group-has-[[data-columns]]/frame:pl-4 max-xl:pl-6 max-md:px-2 max-md:group-has-[[data-columns]]/frame:pl-2 print:hidden">
      {menu}
      <div className="min-w-0 flex-1" id={CRUMBS_SLOT} />
      <div className="ml-auto flex flex-none items-center gap-2">
        <div className="max-md:hidden">{live}</div>
        {search}
        <ThemeToggle />
      </div>
    </header>
  );
}
