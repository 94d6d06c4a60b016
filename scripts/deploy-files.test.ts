import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { SETTING_NAMES } from "@/lib/env";
import { pairsOf, parseDockerfile } from "@/scripts/image/parse-dockerfile";

interface Service {
  image: string;
  ports?: string[];
  profiles?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  environment?: Record<string, string>;
  networks: string[] | Record<string, { ipv4_address?: string }>;
}
interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
}
const read = (path: string) => readFileSync(path, "utf8");
const { version } = JSON.parse(read("package.json")) as { version: string };
const composeText = read("compose.yaml");
const { services, networks } = parse(composeText, { merge: true }) as Compose;
const example = Object.fromEntries(
  [...read("deploy/compose.env").matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
);
const image = parseDockerfile(read("Dockerfile")).at(-1)?.instructions ?? [];
const imageSettings = Object.assign({}, ...image.filter(({ keyword }) => keyword === "ENV").map(({ text }) => pairsOf(text))) as Record<
  string,
  string
>;

describe("compose.yaml", () => {
  it("starts this release unless another is named", () => {
    for (const name of ["console", "worker"])
      expect(services[name]?.image).toBe(`\${DAAI_IMAGE:-daai-console}:\${DAAI_VERSION:-${version}}`);
    expect(example.DAAI_VERSION).toBe(version);
  });

  it("has no secret: what has no default is asked for, and compose.env has a line for it", () => {
    const asked = new Set([...composeText.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name = ""]) => name));
    expect([...asked].sort()).toEqual(["DAAI_HOSTNAME", "DAAI_KEY_PEPPER", "DAAI_LOG_SIGNING_KEY", "DATABASE_PASSWORD", "NEXTAUTH_SECRET"]);
    for (const name of asked) expect(example[name], name).toBe("");
    for (const { environment = {} } of Object.values(services)) {
      for (const [name, value] of Object.entries(environment))
        if (/SECRET|PASSWORD|PEPPER|KEY|TOKEN/.test(name)) expect(value, name).toMatch(/^\$\{[A-Z_]+:[-?]/);
    }
    expect(Object.keys(example).filter((name) => !composeText.includes(`\${${name}:`))).toEqual([]);
  });

  it("gives the console settings that it knows, and trusts Caddy alone", () => {
    const settings = services.console?.environment ?? {};
    expect(Object.keys(settings).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
    const { front } = services.caddy?.networks as Record<string, { ipv4_address?: string }>;
    expect(settings.DAAI_TRUSTED_PROXIES).toBe(front?.ipv4_address);
    expect(services.worker?.environment).toEqual({ ...settings, DAAI_WORKER: "only" });
    expect(read("deploy/Caddyfile")).toContain(`reverse_proxy console:${imageSettings.PORT}`);
  });

  it("opens nothing to others but Caddy's ports, and PostgreSQL to the console alone", () => {
    const open = Object.entries(services).filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith("127.0.0.1:")));
    expect(open.map(([name]) => name)).toEqual(["caddy"]);
    expect(services.database?.networks).toEqual(["back"]);
    expect(networks.back?.internal).toBe(true);
    expect(services.mail?.profiles).toEqual(["mail"]);
  });

  it("runs the console without rights and without writing into the image", () => {
    for (const name of ["console", "worker"]) expect(services[name]).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  });

  it("names the version of every image", () => {
    for (const { image: name } of Object.values(services)) expect(name).toMatch(/:(\$\{DAAI_VERSION.*\}|v?\d+(\.\d+)*)$/);
  });
});

describe("the chart", () => {
  const chart = parse(read("deploy/chart/Chart.yaml")) as { appVersion: string };
  const schema = JSON.parse(read("deploy/chart/values.schema.json")) as {
    properties: Record<string, unknown> & { settings: { additionalProperties: unknown; propertyNames: { not: { enum: string[] } } } };
  };
  const helpers = read("deploy/chart/templates/_helpers.tpl");

  it("is of this release", () => {
    expect(chart.appVersion).toBe(version);
  });

  it("takes settings as texts only, so that none is dropped as false or written as 1e+06", () => {
    expect(schema.properties.settings.additionalProperties).toEqual({ type: "string" });
    const { settings } = parse(read("deploy/chart/ci/everything-values.yaml")) as { settings: Record<string, unknown> };
    expect(Object.values(settings).filter((value) => typeof value !== "string")).toEqual([]);
  });

  it("takes every secret by reference only", () => {
    const refused = schema.properties.settings.propertyNames.not.enum;
    const secret = SETTING_NAMES.filter((name) => /SECRET|PEPPER|_KEYS?$|TOKEN|SMTP_URL|DATABASE/.test(name));
    expect(secret.filter((name) => !refused.includes(name))).toEqual([]);
    expect(refused.filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  });

  it("describes each of its values", () => {
    const values = parse(read("deploy/chart/values.yaml")) as Record<string, unknown>;
    expect(
      Object.keys(schema.properties)
        .filter((name) => name !== "global")
        .sort(),
    ).toEqual(Object.keys(values).sort());
  });

  it("runs the image as it was made: its account, its ports, its volume", () => {
    const uid = image.find(({ keyword }) => keyword === "USER")?.text.split(":")[0];
    expect(helpers).toContain(`runAsUser: ${uid}`);
    expect(helpers).toContain(`mountPath: ${imageSettings.DAAI_DATA_DIR}`);
    expect(read("deploy/chart/templates/server.yaml")).toContain(`{ name: http, containerPort: ${imageSettings.PORT} }`);
    for (const name of ["server", "worker"])
      expect(read(`deploy/chart/templates/${name}.yaml`)).toContain(`{ name: metrics, containerPort: ${imageSettings.DAAI_METRICS_PORT} }`);
  });
});
