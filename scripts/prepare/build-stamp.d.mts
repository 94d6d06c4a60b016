export interface Sources {
  readonly node: string;
  readonly files: Readonly<Record<string, { readonly look: string; readonly hash: string }>>;
}

export function readSources(path: string, sources: readonly string[]): Sources;
export function builtFrom(path: string, sources: Sources): string | null;
export function idOf(sources: Sources): string;
export function writeStamp(path: string, sources: Sources, product: string): void;
export function packStamp(path: string, target: string): void;
