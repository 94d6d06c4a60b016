import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { SetupError } from "@/lib/errors/setup-error";
import { runLogged, type Write } from "./run-logged";

const FOLDER = ".build/deploy-tools";
/** What `go install` builds where a tool isn't installed. */
const GO_MODULES = {
  helm: "helm.sh/helm/v3/cmd/helm@v3.19.5",
  kubeconform: "github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0",
} as const;

/** The program of this machine, or one built from its Go module, once. Throws a SetupError. */
export async function goTool(write: Write, name: keyof typeof GO_MODULES): Promise<string> {
  const installed = onPath(name);
  if (installed) return installed;
  const built = resolve(FOLDER, name);
  if (existsSync(built)) return built;
  const { code } = await runLogged(write, "go", ["install", GO_MODULES[name]], { GOBIN: resolve(FOLDER) });
  if (code === 0) return built;
  throw new SetupError(`The checks of the chart need ${name}: install it, or Go to build ${GO_MODULES[name]}. The reason is above.`);
}

/** The program of this machine, or the one of Debian's package, once. Throws a SetupError. */
export async function promtool(write: Write): Promise<string> {
  const installed = onPath("promtool");
  if (installed) return installed;
  const unpacked = resolve(FOLDER, "usr/bin/promtool");
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(FOLDER, { recursive: true });
  const fetched = "apt-get download prometheus && dpkg-deb --extract prometheus_*.deb .";
  if ((await runLogged(write, "sh", ["-c", `cd ${FOLDER} && ${fetched}`])).code === 0) return unpacked;
  throw new SetupError(
    "The checks of the alert rules need promtool, which comes with Prometheus (Debian's package prometheus). The reason is above.",
  );
}

/** The JSON schemas of Kubernetes' own objects, of every release since 1.25, as the Python package of this name brings them. */
const SCHEMAS = "kubernetes-validate==1.37.0";
/** The first that the chart says it runs on, and the newest of the schemas. */
export const KUBERNETES_VERSIONS = ["1.25.0", "1.37.0"] as const;

/** Where kubeconform finds the schemas of a version. Throws a SetupError. */
export async function kubernetesSchemas(write: Write, version: string): Promise<string> {
  const place = `kubernetes_validate/kubernetes-json-schema/v${version}-local-strict/`;
  const folder = join(FOLDER, place);
  if (!existsSync(folder)) {
    const wheel = join(FOLDER, SCHEMAS.replace("==", "-").replace("-validate", "_validate").concat("-py3-none-any.whl"));
    const args = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest", FOLDER, SCHEMAS];
    if (!existsSync(wheel) && (await runLogged(write, "python3", args)).code !== 0)
      throw new SetupError(`The checks of the chart need the Python package ${SCHEMAS}, for its schemas. The reason is above.`);
    unpack(wheel, place);
  }
  return join(folder, "{{.ResourceKind}}{{.KindSuffix}}.json");
}

function unpack(wheel: string, place: string): void {
  const files = unzipSync(readFileSync(wheel), { filter: ({ name }) => name.startsWith(place) });
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(FOLDER, dirname(name)), { recursive: true });
    // Their references are below an address on the web; kubeconform reads them from the files beside each other.
    const schema = JSON.parse(strFromU8(bytes).replaceAll('"/api/_definitions.json#', '"_definitions.json#')) as { $id?: string };
    delete schema.$id;
    writeFileSync(join(FOLDER, name), JSON.stringify(schema));
  }
}

function onPath(name: string): string | undefined {
  return process.env.PATH?.split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
