"use client";

import { Search } from "lucide-react";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { Kbd } from "@/components/ui/kbd";
import { lateModule, preload } from "@/components/ui/late-module";
import { useLateTrigger } from "@/components/ui/late-trigger";
import type { SidebarProps } from "./sidebar";

const latePalette = lateModule(() => import("./command-palette"));

const never = () => () => undefined;
const isApple = () => /mac|iphone|ipad/i.test(navigator.userAgent);

/** The button and the shortcut of the command palette. */
export function PaletteOpener(props: SidebarProps) {
  const isAppleKeyboard = useSyncExternalStore(never, isApple, () => true);
  const late = useLateTrigger(latePalette, {});
  useShortcut(() => late.setOpen(true));
  const typed = useTypedAhead(late.isOpen && late.parts === null);
  return (
    <>
      <button
        className="flex h-[30px] w-[216px] cursor-pointer items-center gap-2 rounded-md border border-line bg-surface pr-1.5 pl-2.5 text-subtle transition-colors hover:border-line-strong max-md:size-10 max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:p-0 max-md:text-muted"
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onFocus={late.trigger.onFocus}
        onPointerEnter={late.trigger.onPointerEnter}
        onClick={() => late.setOpen(true)}
      >
        <Search className="size-3.5 flex-none max-md:size-4" strokeWidth={2} aria-hidden="true" />
        <span className="max-md:sr-only">Search or jump to…</span>
        <span className="ml-auto max-md:hidden">
          <Kbd>{isAppleKeyboard ? "⌘K" : "Ctrl K"}</Kbd>
        </span>
      </button>
      {late.parts === null ? null : (
        <late.parts.CommandPalette {...props} isOpen={late.isOpen} onOpenChange={late.setOpen} initialText={typed} />
      )}
    </>
  );
}

function useShortcut(open: () => void) {
  const press = useEffectEvent(open);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      // The first half of the shortcut: what it opens is loaded by the second.
      preload(latePalette);
      if (event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      press();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** What is typed for the palette while it is still loading. */
function useTypedAhead(isLoading: boolean): string {
  const [typed, setTyped] = useState("");
  const [wasLoading, setWasLoading] = useState(isLoading);
  if (wasLoading !== isLoading) {
    setWasLoading(isLoading);
    if (isLoading) setTyped("");
  }
  useEffect(() => {
    if (!isLoading) return;
    const listen = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "Backspace") setTyped((before) => before.slice(0, -1));
      else if (event.key.length === 1) setTyped((before) => before + event.key);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, [isLoading]);
  return typed;
}
