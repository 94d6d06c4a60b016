import { CircleCheck, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { Readiness } from "@/lib/health/get-readiness";

const LABELS: Record<keyof Readiness["checks"], string> = {
  database: "Database",
  migrations: "Migrations",
  connections: "Connections",
  worker: "Worker",
  receipts: "Receipts",
  proxy: "Proxy",
};

/** The results of /api/ready in words. */
export function HealthCard({ readiness }: { readiness: Readiness }) {
  const isFine = Object.values(readiness.checks).every(({ ok }) => ok);
  return (
    <Card aria-labelledby="health">
      <CardHeader
        title="Health"
        id="health"
        actions={
          <span className="pr-2">
            {isFine ? (
              <Badge tone="ok" icon={CircleCheck} label="Ready" />
            ) : (
              <Badge tone="wait" icon={TriangleAlert} label={readiness.ready ? "Needs attention" : "Not ready"} />
            )}
          </span>
        }
      />
      <dl className="grid gap-3 p-4">
        {(Object.keys(LABELS) as (keyof Readiness["checks"])[]).map((name) => {
          const { ok, detail } = readiness.checks[name];
          const Icon = ok ? CircleCheck : TriangleAlert;
          return (
            <div className="grid grid-cols-[20px_88px_minmax(0,1fr)] items-start gap-2" key={name}>
              <Icon className={`mt-0.5 size-4 ${ok ? "text-ok" : "text-wait"}`} strokeWidth={1.75} aria-hidden="true" />
              <dt className="font-medium">{LABELS[name]}</dt>
              <dd className="text-muted">{detail}</dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}
