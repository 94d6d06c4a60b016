/** Decodes a path as Next's router does: "/%61dmin" is "/admin". The gate rejects paths that can't be decoded. */
export function readablePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
