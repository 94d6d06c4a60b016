// Adds the optional packages of other platforms to package-lock.json. npm leaves them out when the lock file is written
// from an installed tree (npm/cli#4828), and then `npm ci` stops with "Missing: … from lock file".
// Run it after every `npm install <package>`.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const platformOf = (name) => {
  const [, os, cpu] =
    /(linux|darwin|win32|windows|freebsd|openbsd|netbsd|android|sunos|aix|openharmony)(?:kit)?-?(x64|arm64|arm|ia32|s390x|ppc64|riscv64|loong64|mips64el)?/.exec(
      name,
    ) ?? [];
  return { ...(os && { os: [os === "windows" ? "win32" : os] }), ...(cpu && { cpu: [cpu] }) };
};

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isExact = /^\d+\.\d+\.\d+[\w.+-]*$/.test(version);
    const known = lock.packages[`node_modules/${name}`] ?? lock.packages[`${path}/node_modules/${name}`];
    if (!isExact || known?.version === version) continue;
    const place = known ? `${path}/node_modules/${name}` : `node_modules/${name}`;
    lock.packages[place] = { version, optional: true, ...platformOf(name) };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
console.log(`${added} optional packages added to package-lock.json`);
