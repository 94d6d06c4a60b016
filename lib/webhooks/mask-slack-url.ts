/** Which one it is, for those who know it: the host, and the last four characters. */
export function maskSlackUrl(url: string): string {
  return `${new URL(url).origin}/…${url.slice(-4)}`;
}
