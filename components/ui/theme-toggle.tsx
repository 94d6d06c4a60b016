"use client";

import { Moon, Sun } from "lucide-react";

const ONE_YEAR_SECONDS = 31_536_000;

/** Switches between light and dark and remembers it in a cookie. Without scripts the system's choice stands. */
export function ThemeToggle() {
  return (
    <button
      className="grid size-10 cursor-pointer place-items-center rounded-lg text-muted transition-colors hover:bg-pressed hover:text-ink noscript:hidden"
      type="button"
      aria-label="Switch between light and dark"
      onClick={switchTheme}
    >
      <Moon className="size-4 theme-dark:hidden" strokeWidth={1.75} aria-hidden="true" />
      <Sun className="hidden size-4 theme-dark:block" strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

function switchTheme() {
  const root = document.documentElement;
  const shown = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const wanted = shown === "dark" ? "light" : "dark";
  root.dataset.theme = wanted;
  document.cookie = `daai_theme=${wanted}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
}
