"use client";

import { Moon, Sun } from "lucide-react";
import { switchTheme } from "./theme";

/** Switches between light and dark and remembers it. Without scripts the system's choice stands. */
export function ThemeToggle() {
  return (
    <button
      className="grid size-10 flex-none cursor-pointer place-items-center rounded-md text-muted transition-colors hover:bg-pressed hover:text-ink md:size-8 noscript:hidden"
      type="button"
      aria-label="Switch between light and dark"
      onClick={switchTheme}
    >
      <Moon className="size-4 theme-dark:hidden" strokeWidth={1.75} aria-hidden="true" />
      <Sun className="hidden size-4 theme-dark:block" strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
