import { getUser } from "./get-user";

/** For public pages, which look the same when nobody can be asked: they must not go down with the database. */
export async function isSignedIn(): Promise<boolean> {
  return (await getUser().catch(() => null)) !== null;
}
