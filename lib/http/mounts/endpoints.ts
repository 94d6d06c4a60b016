import { claim } from "@/lib/http/endpoints/claim";
import { decide } from "@/lib/http/endpoints/decide";
import { getDecision } from "@/lib/http/endpoints/get-decision";
import { health } from "@/lib/http/endpoints/health";
import { claudeCodeHook, codexHook } from "@/lib/http/endpoints/hooks";
import { intercept } from "@/lib/http/endpoints/intercept";
import { logCheckpoint } from "@/lib/http/endpoints/log-checkpoint";
import { logKeys } from "@/lib/http/endpoints/log-keys";
import { cancelManagedBacktest } from "@/lib/http/endpoints/manage/cancel-backtest";
import { createManagedBudget } from "@/lib/http/endpoints/manage/create-budget";
import { deleteManagedBudget } from "@/lib/http/endpoints/manage/delete-budget";
import { editManagedBudget } from "@/lib/http/endpoints/manage/edit-budget";
import { getManagedAction } from "@/lib/http/endpoints/manage/get-action";
import { getManagedBacktest } from "@/lib/http/endpoints/manage/get-backtest";
import { getManagedBudget } from "@/lib/http/endpoints/manage/get-budget";
import { getManagedBudgetUsage } from "@/lib/http/endpoints/manage/get-budget-usage";
import { getManagedFreeze } from "@/lib/http/endpoints/manage/get-freeze";
import { getManagedGrant } from "@/lib/http/endpoints/manage/get-grant";
import { listManagedActions } from "@/lib/http/endpoints/manage/list-actions";
import { listManagedBudgets } from "@/lib/http/endpoints/manage/list-budgets";
import { listManagedEvents } from "@/lib/http/endpoints/manage/list-events";
import { listManagedFreezeTargets } from "@/lib/http/endpoints/manage/list-freeze-targets";
import { listManagedFreezes } from "@/lib/http/endpoints/manage/list-freezes";
import { listManagedGrants } from "@/lib/http/endpoints/manage/list-grants";
import { planManagedAction } from "@/lib/http/endpoints/manage/plan-action";
import { putManagedAction } from "@/lib/http/endpoints/manage/put-action";
import { revokeManagedGrant } from "@/lib/http/endpoints/manage/revoke-grant";
import { setManagedActionActive } from "@/lib/http/endpoints/manage/set-action-active";
import { startManagedBacktest } from "@/lib/http/endpoints/manage/start-backtest";
import { startManagedFreeze } from "@/lib/http/endpoints/manage/start-freeze";
import { testManagedAction } from "@/lib/http/endpoints/manage/test-action";
import { thawManagedFreeze } from "@/lib/http/endpoints/manage/thaw-freeze";
import { openapi } from "@/lib/http/endpoints/openapi";
import { ready } from "@/lib/http/endpoints/ready";
import { release } from "@/lib/http/endpoints/release";
import { renew } from "@/lib/http/endpoints/renew";
import { reportExecuted } from "@/lib/http/endpoints/report-executed";
import { reportFailed } from "@/lib/http/endpoints/report-failed";
import { revokeApproval } from "@/lib/http/endpoints/revoke-approval";
import { runStatus } from "@/lib/http/endpoints/run-status";
import { withdraw } from "@/lib/http/endpoints/withdraw";
import type { Route } from "@/lib/http/route";
import { type Resource, resourceOf } from "./resource";

const routes: readonly Route[] = [
  intercept,
  runStatus,
  claim,
  renew,
  release,
  reportExecuted,
  reportFailed,
  withdraw,
  claudeCodeHook,
  codexHook,
  getDecision,
  decide,
  revokeApproval,
  logCheckpoint,
  logKeys,
  listManagedActions,
  getManagedAction,
  putManagedAction,
  setManagedActionActive,
  planManagedAction,
  testManagedAction,
  listManagedEvents,
  startManagedBacktest,
  getManagedBacktest,
  cancelManagedBacktest,
  listManagedBudgets,
  createManagedBudget,
  getManagedBudget,
  editManagedBudget,
  deleteManagedBudget,
  getManagedBudgetUsage,
  listManagedGrants,
  getManagedGrant,
  revokeManagedGrant,
  listManagedFreezes,
  startManagedFreeze,
  getManagedFreeze,
  thawManagedFreeze,
  listManagedFreezeTargets,
  health,
  ready,
  openapi,
];

/** Every path of the API. */
export const ENDPOINTS: readonly Resource[] = [...new Set(routes.map(({ path }) => path))].map((path) =>
  resourceOf(
    path,
    routes.filter((route) => route.path === path),
  ),
);

export interface EndpointMatch {
  readonly resource: Resource;
  /** Still percent-encoded: an id or token that needs encoding is invalid. */
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly prefix: string;
  readonly name: string;
  /** Keyed by what follows the variable part. */
  readonly resources: ReadonlyMap<string, Resource>;
}

const NO_PARAMS = Object.freeze({});
const isPattern = ({ path }: Resource) => path.includes(":");
const fixed: ReadonlyMap<string, EndpointMatch> = new Map(
  ENDPOINTS.filter((resource) => !isPattern(resource)).map((resource) => [resource.path, { resource, params: NO_PARAMS }]),
);
const patterns: readonly Pattern[] = groupPatterns(ENDPOINTS);

/** Returns the endpoint of a path without its query, or null. Costs one lookup, or one per pattern. */
export function matchEndpoint(path: string): EndpointMatch | null {
  const exact = fixed.get(path);
  if (exact) return exact;
  const pattern = patterns.find(({ prefix }) => path.startsWith(prefix));
  if (!pattern) return null;
  const rest = path.slice(pattern.prefix.length);
  const slash = rest.indexOf("/");
  const value = slash === -1 ? rest : rest.slice(0, slash);
  const resource = pattern.resources.get(slash === -1 ? "" : rest.slice(slash));
  return resource && value !== "" ? { resource, params: { [pattern.name]: value } } : null;
}

/** The paths with one variable segment, distinguished by prefix and suffix. A path this could never match throws at startup. */
export function groupPatterns(resources: readonly Resource[]): Pattern[] {
  const groups = new Map<string, { name: string; resources: Map<string, Resource> }>();
  for (const resource of resources.filter(isPattern)) {
    const [, prefix = "", name = "", suffix = ""] = /^([^:]*\/):(\w+)((?:\/[^:]*)?)$/.exec(resource.path) ?? [];
    if (name === "") throw new Error(`${resource.path} has more than one variable part, or one that is not a whole segment.`);
    const group = groups.get(prefix) ?? { name, resources: new Map<string, Resource>() };
    if (group.name !== name) throw new Error(`${resource.path} calls :${group.name} by another name.`);
    const overlapping = [...groups.keys()].find((other) => other !== prefix && (other.startsWith(prefix) || prefix.startsWith(other)));
    if (overlapping !== undefined) throw new Error(`${resource.path} begins like ${overlapping}: only one of them would be found.`);
    groups.set(prefix, group);
    group.resources.set(suffix, resource);
  }
  return [...groups].map(([prefix, group]) => ({ prefix, ...group }));
}
