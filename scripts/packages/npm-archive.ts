import { gzipSync } from "fflate";
import { TAR_END, tarFile } from "@/lib/domain/log/tar-archive";

export interface NpmArchive {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** By their paths in the package. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What npm puts into every package. */
export const ALWAYS_PACKED = ["package.json", "README.md", "LICENSE"];

/** The archive of a package, with the files that `npm pack` puts into it. The same bytes from the same files. */
export function npmArchive(fileName: string, files: ReadonlyMap<string, Uint8Array>): NpmArchive {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  const archive = Buffer.concat([...sorted.map(([name, content]) => tarFile(`package/${name}`, content)), TAR_END]);
  return { fileName, bytes: gzipSync(archive, { level: 9, mtime: 0 }), files };
}
