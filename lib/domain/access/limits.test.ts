import { describe, expect, it } from "vitest";
import { LIMIT_NAMES, LIMITS, resolveLimits } from "./limits";

describe("resolveLimits", () => {
  it("gives the free plan its documented numbers", () => {
    expect(resolveLimits({ plan: "free" })).toEqual({
      activeWorkspaces: 2,
      activeActionsPerWorkspace: 3,
      runsPerMonth: 1000,
      emailsPerMonth: 100,
      interceptsPerMinute: 30,
      interceptsPerDay: 500,
    });
    expect(Object.keys(resolveLimits({ plan: "free" }))).toEqual(LIMIT_NAMES);
  });

  it("switches everything off for the plan unlimited", () => {
    const limits = resolveLimits({ plan: "unlimited", planOverrides: { runsPerMonth: 5 } });
    expect(Object.values(limits).every((limit) => limit === null)).toBe(true);
  });

  it("lets the operator change the plan, and an owner before that; 0 and null count as set", () => {
    const limits = resolveLimits({
      plan: "free",
      planOverrides: { runsPerMonth: 5000, emailsPerMonth: null, interceptsPerDay: 0 },
      ownerOverrides: { runsPerMonth: null, activeWorkspaces: 0 },
    });
    expect(limits).toEqual({ ...LIMITS, runsPerMonth: null, emailsPerMonth: null, interceptsPerDay: 0, activeWorkspaces: 0 });
    expect(resolveLimits({ plan: "unlimited", ownerOverrides: { runsPerMonth: 7 } }).runsPerMonth).toBe(7);
  });
});
