import type { ReactNode } from "react";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { Brand } from "./brand";

/** One narrow column, made for a phone. `from` is the workspace and client; omitted on pages that must reveal nothing. */
export function NarrowFrame({ from, children }: { from?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[512px] flex-col px-4 pb-8">
      <header className="-mr-2.5 flex h-13 flex-none items-center justify-between">
        <Brand />
        <ThemeToggle />
      </header>
      <main className="grid content-start gap-4">{children}</main>
      {from === undefined ? null : <footer className="mt-auto pt-8 text-sm text-subtle wrap-anywhere">{from}</footer>}
    </div>
  );
}
