import { cookieName, cookiePath } from "@/lib/net/base-path";
import { publicUrl } from "./public-url";

export const THEME_COOKIE = "daai_theme";

const ONE_YEAR_SECONDS = 31_536_000;

export type Theme = "light" | "dark" | "system";

/** Stored in a cookie, so that the server renders the next page in it. */
export function chooseTheme(theme: Theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const maxAge = theme === "system" ? 0 : ONE_YEAR_SECONDS;
  document.cookie = `${cookieName(publicUrl(), THEME_COOKIE)}=${theme}; path=${cookiePath(publicUrl())}; max-age=${maxAge}; samesite=lax`;
}

/** What was chosen: the system's when nothing was. */
export function chosenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

export function switchTheme() {
  const chosen = chosenTheme();
  const isDark = chosen === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
  chooseTheme(isDark ? "light" : "dark");
}
