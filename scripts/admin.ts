import { runAdmin } from "./admin/run-admin";

const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text);
// `admin … | head` closes the pipe early; that is no failure.
process.stdout.on("error", () => undefined);

process.exitCode = await runAdmin(process.argv.slice(2), { out: write(process.stdout), err: write(process.stderr) });
