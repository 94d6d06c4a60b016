// `npm run bench:new-user`: how long a new user takes from `npm start` to an approved and executed run, on a checkout that is built.
// A person is played: every click follows a moment of reading, every key has its time, what is long is copied and pasted. Prints the
// seconds of each step and ends with 1 when the whole takes longer than 3:30.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const GOAL_SECONDS = 210;
/** Someone who types well, but not blindly, and reads what is new to them. */
const KEY_MS = [90, 180];
const LOOK_MS = [1500, 3000];
const PASTE_MS = [2000, 4000];

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const scratch = mkdtempSync(join(tmpdir(), "daai-new-user-"));
const children = new Set();
const between = ([least, most]) => sleep(least + Math.random() * (most - least));
const steps = [];
let began = 0;

try {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const settings = { PORT: String(port), DAAI_PUBLIC_URL: "", DAAI_DATA_DIR: join(scratch, "data"), LOG_LEVEL: "error" };
  const empty = { DATABASE_URL: "", DATABASE_DIRECT_URL: "", RESEND_API_KEY: "", SMTP_URL: "", DAAI_ADMIN_EMAILS: "" };
  const browser = await chromium.launch({
    executablePath: [chromium.executablePath(), "/usr/bin/chromium"].find((path) => existsSync(path)),
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  let shell;
  let program;

  began = performance.now();
  await step("npm start", async () => {
    const daai = run(process.execPath, ["scripts/start.mjs"], { ...settings, ...empty }, process.cwd());
    await daai.says("DAAI Console is ready.");
    await page.goto(url);
  });
  await step("sign up", async () => {
    await click(
      page
        .getByRole("banner")
        .getByRole("link", { name: /start|create|sign up/i })
        .first(),
    );
    await type(page.getByLabel("Name"), "Marta Lindqvist");
    await type(page.getByLabel("Email"), "marta@example.com");
    await type(page.getByLabel("Password", { exact: true }), "four words in a row");
    await click(page.getByRole("button", { name: "Create account" }));
    await page.waitForURL("**/home");
  });
  await step("workspace", async () => {
    await click(page.getByRole("link", { name: /new workspace/i }).first());
    await type(page.getByLabel("Name"), "Billing");
    await type(page.getByLabel("Client"), "Acme");
    await click(page.getByRole("button", { name: "Create workspace" }));
  });
  await step("keys", async () => {
    await click(page.getByRole("button", { name: /Copy all|Copy the environment/ }));
    await between(PASTE_MS);
    await click(page.getByLabel("I’ve stored both keys"));
    await click(page.getByRole("button", { name: "Continue to setup" }));
    await page.waitForURL("**/setup");
  });
  await step("register an action", async () => {
    await click(page.getByRole("link", { name: "Register an action" }));
    await type(page.getByLabel("Title"), "Send invoice reminder");
    await click(page.getByRole("radio", { name: /above an amount/i }));
    await type(page.getByRole("textbox", { name: "Threshold" }), "500");
    await click(page.getByRole("button", { name: "Register action" }));
    await page.waitForURL("**/setup#next");
  });
  await step("install and check", async () => {
    const lines = await paste("Shell, Python 3.9 or later");
    // The shell stays open, as the person's does.
    shell = run("bash", ["--norc", "-e"], {}, scratch);
    shell.write(`${lines}\necho the lines are done\n`);
    await shell.says("the lines are done");
  });
  await step("the first program", async () => {
    const code = await paste("first_run.py");
    writeFileSync(join(scratch, "first_run.py"), code);
    await between(LOOK_MS);
    shell.write("python -u first_run.py\n");
    program = shell;
    await program.says("Decide here:");
    await page.getByText("Your first run has arrived").waitFor();
  });
  await step("approve", async () => {
    await click(page.getByRole("link", { name: "Approvals" }).first());
    await click(page.getByRole("region", { name: "Your decision" }).getByRole("button", { name: "Approve" }));
    await page.getByText("Nothing needs your approval").first().waitFor();
  });
  await step("executed", async () => {
    await program.says("executed and reported");
    await click(page.getByRole("link", { name: "Runs" }).first());
    await page
      .getByText(/executed/i)
      .first()
      .waitFor();
  });
  await browser.close();

  async function paste(label) {
    await page.getByLabel(label, { exact: true }).scrollIntoViewIfNeeded();
    const text = await page.getByLabel(label, { exact: true }).innerText();
    await click(page.getByRole("button", { name: `Copy ${label}` }));
    await between(PASTE_MS);
    return text;
  }

  const total = (performance.now() - began) / 1000;
  for (const [name, seconds] of steps) console.log(`${name.padEnd(20)}${seconds.toFixed(1).padStart(7)} s`);
  console.log(`${"whole".padEnd(20)}${total.toFixed(1).padStart(7)} s, goal ${GOAL_SECONDS} s`);
  process.exitCode = total <= GOAL_SECONDS ? 0 : 1;
} finally {
  for (const child of children) child.kill("SIGTERM");
  await Promise.all([...children].map((child) => (child.exitCode === null && child.signalCode === null ? once(child, "exit") : null)));
  rmSync(scratch, { recursive: true, force: true });
}

async function step(name, act) {
  const from = performance.now();
  await act();
  steps.push([name, (performance.now() - from) / 1000]);
}

async function click(target) {
  await target.waitFor();
  await between(LOOK_MS);
  await target.click();
}

async function type(target, text) {
  await between([300, 700]);
  await target.click();
  for (const key of text) {
    await target.press(key === " " ? "Space" : key);
    await between(KEY_MS);
  }
}

function run(command, args, environment, cwd) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, stdio: ["pipe", "pipe", "pipe"] });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = once(child, "exit").then(() => {
    throw new Error(`${command} ended:\n${output}`);
  });
  ended.catch(() => undefined);
  const heard = async (words) => {
    while (!output.includes(words)) await sleep(50);
  };
  return { write: (text) => child.stdin.write(text), says: (words) => Promise.race([heard(words), ended]) };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
