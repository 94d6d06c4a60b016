import { userContext } from "@/lib/auth/contexts";
import { getUser } from "@/lib/auth/get-user";
import { getEnv } from "@/lib/env";
import { listWorkspaceChoices } from "@/lib/workspaces/list-workspace-choices";
import { NOBODY, type Reader } from "./reader";

/** Returns what snippets need to know about the reader. Without a database, pages treat everyone as a stranger instead of failing. */
export async function getReader(): Promise<Reader> {
  try {
    const user = await getUser();
    const [workspace] = user === null ? [] : await listWorkspaceChoices(userContext(user));
    return workspace === undefined ? NOBODY : { workspaceName: workspace.name, publicUrl: getEnv().DAAI_PUBLIC_URL };
  } catch {
    return NOBODY;
  }
}
