import { publicUrl } from "@/components/ui/public-url";
import { cookieName, cookiePath } from "@/lib/net/base-path";

/** Stores which workspace the sidebar shows on pages outside of workspaces. */
export const LAST_WORKSPACE_COOKIE = "daai_workspace";

const ONE_YEAR_SECONDS = 31_536_000;

export function rememberWorkspace(workspaceId: string) {
  document.cookie = `${cookieName(publicUrl(), LAST_WORKSPACE_COOKIE)}=${workspaceId}; path=${cookiePath(publicUrl())}; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
}
