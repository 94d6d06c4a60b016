import type { CommandRow } from "./command-row";

/** Programs behind other programs, whose options have values of their own, and options before a subcommand. */
export const STARTED_PROGRAMS: readonly CommandRow[] = [
  ...["sudo -n", "sudo -S", "sudo --user ada", "sudo -u ada --", "sudo -nu ada", "doas -u ada", "command -p", "env -u X", "env -i A=b"].map(
    (starter) => [`${starter} rm -rf build`, ["destructive"]] as const,
  ),
  ...[
    "time -p",
    "/usr/bin/time -f %E",
    "nice -n 5",
    "nice -5",
    "ionice -c 3",
    "timeout 5",
    "timeout -k 1 5m",
    "stdbuf -o L",
    "setsid -w",
  ].map((starter) => [`${starter} rm -rf build`, ["destructive"]] as const),
  ...["xargs -n 1", "xargs -I % -P 4", "exec -a x", "nohup", "npx -y", "npm exec --", "uv run", "flock a.lock", "if !", "function f {"].map(
    (starter) => [`${starter} rm -rf build`, ["destructive"]] as const,
  ),
  ...["sudo --weird rm", "env -S 'rm -rf build'", "xargs --weird rm", "parallel rm ::: a", "watch 'rm -rf build'", "{} -rf build"].map(
    (command) => [command, ["unclear"]] as const,
  ),
  ["command -v node", []],
  ["env A=b", ["secrets"]],
  ["find . | xargs rm", ["destructive"]],
  ["git -C shop -c a=b push --force", ["destructive", "network"]],
  ["git --no-pager --git-dir .git push origin +main", ["destructive", "network"]],
  ["git -c alias.x='!rm -rf build' x", ["unclear"]],
  ["git --weird push", ["network", "unclear"]],
  ["git --no-pager log -n 3", []],
  ["kubectl -n shop delete pod a", ["destructive", "network"]],
  ["kubectl --context=prod -n shop get pods", []],
  ["helm -n shop uninstall a", ["destructive"]],
  ["gh -R acme/shop release delete v1", ["destructive"]],
  ["docker -H tcp://prod volume rm data", ["destructive"]],
  ["docker --context prod push shop", ["network"]],
  ["npm --prefix web publish", ["network"]],
  ["cargo +nightly publish", ["network"]],
  ["terraform -chdir=infra destroy", ["destructive"]],
];
