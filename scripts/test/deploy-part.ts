import { readdirSync, writeFileSync } from "node:fs";
import { SetupError } from "@/lib/errors/setup-error";
import { goTool, KUBERNETES_VERSIONS, kubernetesSchemas, promtool } from "./deploy-tools";
import { runLogged, type Write } from "./run-logged";
import type { TestFailure, TestResult } from "./test-counts";

const CHART = "deploy/chart";
const MONITORING = "docs/operations/monitoring";
/** Values that helm must refuse, and a part of what it says: the schema's and the templates' own rules. */
const REFUSED: readonly (readonly [set: string, reason: RegExp])[] = [
  ["secretName=", /secretName/],
  ["settings.DAAI_PUBLIC_URL=console.example.com", /DAAI_PUBLIC_URL/],
  ["settings.NEXTAUTH_SECRET=in-plain-sight", /NEXTAUTH_SECRET/],
  ["image.tag=latest", /tag/],
  ["server.replica=3", /replica/],
  ["ingress.enabled=true", /ingress\.host/],
];

const [OLDEST] = KUBERNETES_VERSIONS;

interface Check {
  readonly name: string;
  /** What is wrong; null when nothing is. */
  run(): Promise<string | null>;
}

/** The real tools on what operators install: the chart on the oldest and newest Kubernetes, and the alert rules. Every check is one test. */
export async function deployPart(write: Write): Promise<TestResult> {
  const checks = [...rulesChecks(await promtool(write)), ...(await chartChecks(write))];
  const failures: TestFailure[] = [];
  for (const { name, run } of checks) {
    const message = await run().catch((error: unknown) => (error instanceof SetupError ? error.message : String(error)));
    write(`${message === null ? "✓" : "✗"} ${name}\n`);
    if (message !== null) failures.push({ test: name, message });
  }
  return { passed: checks.length - failures.length, failed: failures.length, skipped: 0, failures };
}

function rulesChecks(program: string): Check[] {
  return [
    { name: "promtool reads the alert rules", run: () => succeed(program, ["check", "rules", `${MONITORING}/alerts.yml`]) },
    { name: "alerts fire when they should", run: () => succeed(program, ["test", "rules", `${MONITORING}/alerts.test.yml`]) },
  ];
}

async function chartChecks(write: Write): Promise<Check[]> {
  const helm = await goTool(write, "helm");
  const kubeconform = await goTool(write, "kubeconform");
  const examples = readdirSync(`${CHART}/ci`).map((file) => `${CHART}/ci/${file}`);
  const least = `${CHART}/ci/least-values.yaml`;
  return [
    ...examples.map((values) => ({
      name: `helm lint with ${values}`,
      run: () => succeed(helm, ["lint", "--strict", CHART, "--values", values]),
    })),
    ...examples.flatMap((values) =>
      KUBERNETES_VERSIONS.map((version) => ({
        name: `Kubernetes ${version} takes the chart with ${values}`,
        run: async () => {
          const { code, output } = await quietly(helm, template(values, version));
          if (code !== 0) return output;
          const schemas = await kubernetesSchemas(write, version);
          const rendered = `.build/test-results/chart-${version}.yaml`;
          writeFileSync(rendered, output);
          return succeed(kubeconform, ["-strict", "-kubernetes-version", version, "-schema-location", schemas, rendered]);
        },
      })),
    ),
    ...REFUSED.map(([set, reason]) => ({
      name: `helm refuses ${set}`,
      run: async () => {
        const { code, output } = await quietly(helm, template(least, OLDEST, "--set", set));
        return code !== 0 && reason.test(output) ? null : `It ended with ${code}:\n${output}`;
      },
    })),
  ];
}

const template = (values: string, version: string, ...more: string[]) => [
  ...["template", "console", CHART, "--values", values, "--kube-version", version],
  ...more,
];

const quietly = (program: string, args: readonly string[]) => runLogged(() => undefined, program, args);

async function succeed(program: string, args: readonly string[]): Promise<string | null> {
  const { code, output } = await quietly(program, args);
  return code === 0 ? null : output;
}
