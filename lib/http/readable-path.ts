/** A path as Next's router reads it: "/%61dmin" is "/admin". The gate lets no path through that cannot be decoded. */
export function readablePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
