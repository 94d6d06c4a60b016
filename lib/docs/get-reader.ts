import { userContext } from "@/lib/auth/contexts";
import { getUser } from "@/lib/auth/get-user";
import { getEnv } from "@/lib/env";
import { listWorkspaceChoices } from "@/lib/workspaces/list-workspace-choices";
import { NOBODY, type Reader } from "./reader";

/** Who reads, as far as snippets care. Without a database the pages say what they say to strangers: they must not go down with it. */
export async function getReader(): Promise<Reader> {
  try {
    const user = await getUser();
    const [workspace] = user === null ? [] : await listWorkspaceChoices(userContext(user));
    return workspace === undefined ? NOBODY : { workspaceName: workspace.name, baseUrl: `${getEnv().DAAI_PUBLIC_URL}/api` };
  } catch {
    return NOBODY;
  }
}
