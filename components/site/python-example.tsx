import { CodeBlock } from "@/components/ui/code-block";

const CODE = `from daai import DaaiClient

client = DaaiClient()

run = client.intercept(
    action="refund_customer",
    payload={"order_id": "SO-88214", "amount": "1840.00", "currency": "EUR"},
    idempotency_key="refund:SO-88214",
)

# Waits for an approval, runs once, reports the outcome. Raises when it is rejected or blocked.
with client.execution(run, wait=3600) as execution:
    execution.result = refund(execution.payload)  # your function, your credentials
`;

/** The whole of what an application adds. */
export function PythonExample() {
  return <CodeBlock title="refund.py" code={CODE} language="python" />;
}
