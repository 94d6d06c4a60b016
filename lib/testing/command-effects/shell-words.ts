import type { CommandRow } from "./command-row";

/** Words that the shell makes. */
export const SHELL_WORDS: readonly CommandRow[] = [
  ["$'r\\x6d' -rf build", ["destructive"]],
  ["{rm,-rf,build}", ["destructive"]],
  ["r{m,x} -rf build", ["destructive"]],
  ["/bin/r? -rf build", ["unclear"]],
  ["rm\u00a0-rf build", ["unclear"]],
  ["rm } -rf build", ["destructive"]],
  ["f() { rm -rf build; }; f", ["destructive"]],
  ["echo a \\\r\nrm -rf build", ["destructive"]],
  ["cat <<EOF\na\nEO\\\nF\nrm -rf build", ["destructive"]],
  ["cat <<<EOF\nrm -rf build\nEOF", ["destructive"]],
  ["[[ -n $CI && -f a ]] && npm test", []],
  ["for ((i = 0; i < 3; i++)); do echo $((i * 2)); done", []],
];
