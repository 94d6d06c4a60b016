// Only syntax that very old versions of Node can read: they are the ones that must get the message.
const OLDEST = [20, 19];
/** Versions before it get no security fixes any more: they run the console, which says so. package.json asks for it. */
export const SUPPORTED = 22;

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(
    `DAAI Console needs Node ${SUPPORTED} or newer (${OLDEST.slice(0, 2).join(".")} also works); this is Node ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
  process.exit(1);
}
