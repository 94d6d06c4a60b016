interface ManagedBy {
  readonly file: string;
  readonly commit: string | null;
}

const SHORT_COMMIT = 12;

/** "policies/refund.yaml at 3f2c1ab90d12". Without a commit, the file isn't in git. */
export function managedByText({ file, commit }: ManagedBy): string {
  return commit === null ? file : `${file} at ${shortCommit(commit)}`;
}

/** "3f2c1ab90d12", or "3f2c1ab90d12 with uncommitted changes". */
export function shortCommit(commit: string): string {
  const [hash = "", dirty] = commit.split("-");
  return `${hash.slice(0, SHORT_COMMIT)}${dirty === undefined ? "" : " with uncommitted changes"}`;
}
