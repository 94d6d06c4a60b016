import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;
const TIMEOUT_MS = 10 * 60_000;

/**
 * Runs `fn` while no other process on this machine holds the lock at `path`. A lock whose process is gone is taken over,
 * so a `kill -9` leaves nothing to clean up. Throws a SetupError after ten minutes, and where nothing can be written. Plain Node: it also guards the installation
 * of what TypeScript needs.
 */
export async function withFileLock(path, fn, onWait) {
  const release = await acquire(path, onWait);
  try {
    return await fn();
  } finally {
    release();
  }
}

async function acquire(path, onWait) {
  const me = `${process.pid} ${birthOf(process.pid)}`;
  // Written aside and linked into place: nobody ever sees a lock without its owner's name.
  const draft = `${path}.${randomUUID()}`;
  writeDraft(draft, me);
  try {
    for (let waitedMs = 0; waitedMs < TIMEOUT_MS; waitedMs += POLL_MS) {
      if (tryLink(draft, path)) return () => rmSync(path, { force: true });
      if (waitedMs === 10 * POLL_MS) onWait?.();
      removeIfAbandoned(path);
      await sleep(POLL_MS);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw setupError(`Another process has been at work for ten minutes; stop it, or remove ${path} when there is none.`);
}

function writeDraft(draft, me) {
  try {
    mkdirSync(dirname(draft), { recursive: true });
    writeFileSync(draft, me, { mode: 0o600 });
  } catch ({ code }) {
    // A full disk leaves an empty file.
    if (existsSync(draft)) rmSync(draft);
    throw unwritable(draft, code);
  }
}

function unwritable(path, code) {
  const advice = code === "ENOSPC" ? "make room on its disk" : "make it writable for this account";
  return setupError(`${resolve(dirname(path))} cannot be written (${code}): ${advice}, and start again.`);
}

function setupError(message) {
  return Object.assign(new Error(message), { name: "SetupError" });
}

function tryLink(draft, path) {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw unwritable(path, error.code);
  }
}

function removeIfAbandoned(path) {
  const owner = read(path);
  if (owner === null || isAlive(owner)) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  // Between the look and the move another process may have taken the lock over: then it gets it back.
  if (read(aside) !== owner) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function isAlive(owner) {
  const [pid = "", birth = ""] = owner.split(" ");
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return birthOf(Number(pid)) === birth;
}

/** The start time of a process, where the system provides it: process IDs are reused, above all in containers. */
function birthOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // The fields after the command's closing parenthesis; the 20th of them is the start time (proc(5)).
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
