import { readFileSync } from "node:fs";
import { Gauge } from "prom-client";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { makeMetrics } from "@/lib/metrics/metrics";
import { makeGauges } from "./metrics-text";

const FOLDER = "docs/operations/monitoring";
const alerts = readFileSync(`${FOLDER}/alerts.yml`, "utf8");
const dashboard = readFileSync(`${FOLDER}/dashboard.json`, "utf8");

const { registry } = makeMetrics();
makeGauges(registry);
/** Those that every Prometheus adds. */
const known = new Set(["up", ...registry.getMetricsAsArray().map(({ name }) => name)]);
const namesIn = (expression: string) =>
  (expression.match(/\b(?:daai|nodejs|process)_[a-z0-9_]+|\bup\b/g) ?? []).map((name) => name.replace(/_(bucket|count|sum)$/, ""));

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string; description: string } }[] }[];
}

test("alerts and dashboard ask only for metrics that the console has", () => {
  const rules = (parse(alerts) as Rules).groups.flatMap(({ rules }) => rules);
  const { panels } = JSON.parse(dashboard) as { panels: { title: string; targets: { expr: string }[] }[] };
  const expressions = [
    ...rules.map(({ alert, expr }) => [alert, expr] as const),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ];
  for (const [name, expression] of expressions) {
    const names = namesIn(expression);
    expect(names, name).not.toEqual([]);
    for (const metric of names) expect(known, name).toContain(metric);
  }
  for (const { alert, annotations } of rules) expect(`${annotations.summary} ${annotations.description}`, alert).toMatch(/\S.*\. \S.*\.$/);
});

test("the dashboard shows each of the console's own metrics", () => {
  const shown = new Set(namesIn(dashboard));
  expect([...known].filter((name) => name.startsWith("daai_") && !shown.has(name))).toEqual([]);
});

test("metrics are named as Prometheus recommends, and described in a sentence", async () => {
  for (const metric of registry.getMetricsAsArray().filter(({ name }) => name.startsWith("daai_"))) {
    const isGauge = metric instanceof Gauge;
    expect(metric.name.endsWith("_total"), metric.name).toBe(!isGauge && metric.name !== "daai_intercept_duration_seconds");
    expect((metric as unknown as { help: string }).help, metric.name).toMatch(/^[A-Z].*\.$|refused\.$/);
  }
  expect(await registry.metrics()).toContain('daai_build_info{version="');
});
