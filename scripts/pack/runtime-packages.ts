interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** The folders of these packages and of all that they need, by a lock file's `packages`. */
export function runtimePackages(locked: LockedPackages, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const queue = names.map((name) => resolve(locked, "", name));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (path === null || found.has(path)) continue;
    found.add(path);
    for (const name of needsOf(locked[path] ?? {})) queue.push(resolve(locked, path, name));
  }
  return found;
}

function needsOf({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: LockedPackage): string[] {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional);
  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers];
}

/** As Node finds it: in the package's own node_modules, then in each folder above. */
function resolve(locked: LockedPackages, from: string, name: string): string | null {
  const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (locked[path]) return path;
  if (from === "") return null;
  const above = from.lastIndexOf("/node_modules/");
  return resolve(locked, above === -1 ? "" : from.slice(0, above), name);
}
