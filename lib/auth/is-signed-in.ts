import { getUser } from "./get-user";

/** For public pages, which must keep working without the database: if it is unavailable, the reader counts as signed out. */
export async function isSignedIn(): Promise<boolean> {
  return (await getUser().catch(() => null)) !== null;
}
