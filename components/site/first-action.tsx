import { Check } from "lucide-react";
import { CodeBlock } from "@/components/ui/code-block";
import { Link } from "@/components/ui/link";

const CODE = `from daai import DaaiClient

client = DaaiClient()

@client.governed(
    "refund_customer",
    idempotency_key=lambda order_id, amount: f"refund:{order_id}",
    wait=3600,
)
def refund(order_id: str, amount: str) -> dict:
    # Your function, your credentials.
    return payments.refund(order_id, amount)

refund("SO-88214", "1840.00")`;

const PROMISES = [
  "It runs only if the console says it may. Without a response, nothing runs.",
  "It runs at most once, even if two workers ask for it or one is killed.",
  "It runs with exactly the arguments that were decided on.",
  "The outcome is reported and recorded in the receipt.",
];

export function FirstAction() {
  return (
    <div className="grid items-center gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,1fr)_580px]">
      <div>
        <ul className="grid gap-3">
          {PROMISES.map((promise) => (
            <li className="flex gap-2.5 text-base" key={promise}>
              <Check className="mt-1 size-4 flex-none text-live" strokeWidth={2} aria-hidden="true" />
              {promise}
            </li>
          ))}
        </ul>
        <p className="mt-6 text-md text-muted">
          A Python SDK today, and any other language through the{" "}
          <Link className="text-link" href="/docs/api" prefetch={false}>
            JSON API
          </Link>
          .
        </p>
      </div>
      <div className="min-w-0">
        <CodeBlock title="refund.py" language="python" code={CODE} />
      </div>
    </div>
  );
}
