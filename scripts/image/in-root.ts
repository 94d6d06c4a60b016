import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";

export interface Root {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workdir: string;
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Runs a build step in the root file system, with this machine's network and certificates. Rejects with its output when it fails. */
export async function inRoot(root: Root, command: readonly string[]): Promise<void> {
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  const mounts = [
    "mount --bind /dev $1/dev",
    "cp --remove-destination /etc/resolv.conf $1/etc/resolv.conf",
    ...(certificates && existsSync(certificates) ? [`cp ${certificates} $1/tmp/certificates.pem`] : []),
  ];
  const env = certificates ? { ...root.env, NODE_EXTRA_CA_CERTS: "/tmp/certificates.pem", HOME: "/root" } : { ...root.env, HOME: "/root" };
  const child = spawn(...enter({ ...root, env }, mounts, command), { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${output}`);
}

/**
 * Starts a program as the container's first process: under its account without any privilege, on a read-only root, where only the volumes
 * and a /tmp in memory can be written.
 */
export function startInRoot(root: Root, volumes: Readonly<Record<string, string>>, command: readonly string[]): ChildProcess {
  const mounts = [
    ...Object.entries(volumes).map(([path, folder]) => `mount --bind ${folder} $1${path}`),
    "mount -t tmpfs -o mode=1777 none $1/tmp",
    "mount -t tmpfs -o mode=755 none $1/dev && mkdir $1/dev/shm && mount -t tmpfs -o mode=1777,size=64m none $1/dev/shm",
    "for device in null zero random urandom; do touch $1/dev/$device && mount --bind /dev/$device $1/dev/$device; done",
    "mount -o remount,bind,ro $1",
  ];
  return spawn(...enter(root, mounts, command), { stdio: ["ignore", "pipe", "pipe"] });
}

/** Namespaces of its own for mounts and processes; `mounts` find the root as $1. The command replaces the shell, and so is process 1. */
function enter({ root, env, user, workdir }: Root, mounts: readonly string[], command: readonly string[]): [string, string[]] {
  const script = [
    "set -e",
    "mount --bind $1 $1",
    "mount -t proc proc $1/proc",
    ...mounts,
    // From inside, so that the root is the new one for it.
    'root=$1 workdir=$2; shift 2; exec chroot "$root" /bin/sh -c \'cd "$0" && exec "$@"\' "$workdir" "$@"',
  ].join("\n");
  const settings = Object.entries({ PATH, ...env }).map(([name, value]) => `${name}=${value}`);
  return [
    "unshare",
    [
      ...["--mount", "--pid", "--fork", "--kill-child"],
      "/bin/bash",
      "-c",
      script,
      "enter",
      root,
      workdir,
      ...asUser(user),
      "env",
      "-i",
      ...settings,
      ...command,
    ],
  ];
}

/** As Docker with `--cap-drop ALL --security-opt no-new-privileges`; root, which only builds, keeps its rights. */
export function asUser(user: string): string[] {
  const [uid, gid] = user.split(":");
  return uid === "0"
    ? []
    : ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];
}
