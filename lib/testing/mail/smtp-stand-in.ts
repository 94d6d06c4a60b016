import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type MailBehavior, SLOW_MS } from "./mail-behavior";

export interface SmtpMail {
  readonly messageId: string;
  readonly to: readonly string[];
  /** As it was sent, header and body. */
  readonly raw: string;
}

export interface SmtpStandIn {
  readonly url: string;
  /** What has gone out to people, each as often as it did. */
  readonly sent: SmtpMail[];
  behavior: () => MailBehavior;
  stop(): Promise<void>;
}

/** An SMTP server that accepts everything, or behaves as configured at the end of DATA (`refuse`: at RCPT). */
export async function startSmtpStandIn(): Promise<SmtpStandIn> {
  const standIn = { sent: [] as SmtpMail[], behavior: (): MailBehavior => "take" };
  const open = new Set<Socket>();

  function talk(socket: Socket): void {
    open.add(socket);
    const say = (line: string) => socket.write(`${line}\r\n`);
    let to: string[] = [];
    let behavior: MailBehavior = "take";
    let data: string[] | null = null;
    let rest = "";
    const commands: Record<string, (line: string) => void> = {
      EHLO: () => say("250-stand-in\r\n250 8BITMIME"),
      MAIL: () => {
        [to, behavior] = [[], standIn.behavior()];
        say("250 sender ok");
      },
      RCPT: (line) => {
        if (behavior === "refuse") return say("550 5.1.1 no such user");
        to.push(/<(.*)>/.exec(line)?.[1] ?? "");
        say("250 recipient ok");
      },
      DATA: () => {
        data = [];
        say("354 go on");
      },
      QUIT: () => socket.end("221 bye\r\n"),
    };
    const finish = (raw: string) => {
      if (behavior === "fail") return say("451 4.3.0 try again later");
      if (behavior === "busy") return say("421 4.7.0 too many connections");
      if (behavior === "hang") return;
      const mail = { messageId: /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim() ?? "", to, raw };
      standIn.sent.push(mail);
      if (behavior === "twice") standIn.sent.push(mail);
      if (behavior === "drop") return socket.destroy();
      if (behavior === "slow") return setTimeout(() => say("250 taken"), SLOW_MS);
      say("250 taken");
    };
    socket.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (data === null) (commands[line.slice(0, 4).toUpperCase()] ?? (() => say("250 ok")))(line);
        else if (line !== ".") data.push(line.replace(/^\.\./, "."));
        else {
          const raw = data.join("\r\n");
          data = null;
          finish(raw);
        }
      }
    });
    socket.on("error", () => {}).on("close", () => open.delete(socket));
    say("220 stand-in ready");
  }

  const server = createServer(talk);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return Object.assign(standIn, {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
