import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";

/** The whole of what an application adds, coloured by hand: one example needs no highlighter. */
export function PythonExample() {
  return (
    <CodeBlock title="refund.py">
      <Keyword>from</Keyword> daai <Keyword>import</Keyword> DaaiClient
      {"\n\n"}
      client = DaaiClient()
      {"\n\n"}
      run = client.intercept({"\n"}
      {"    "}action=<Text>&quot;refund_customer&quot;</Text>,{"\n"}
      {"    "}payload={"{"}
      <Text>&quot;order_id&quot;</Text>: <Text>&quot;SO-88214&quot;</Text>, <Text>&quot;amount&quot;</Text>:{" "}
      <Text>&quot;1840.00&quot;</Text>, <Text>&quot;currency&quot;</Text>: <Text>&quot;EUR&quot;</Text>
      {"},\n"}
      {"    "}idempotency_key=<Text>&quot;refund:SO-88214&quot;</Text>,{"\n)\n\n"}
      <Comment># Waits for an approval, runs once, reports the outcome. Raises when it is rejected or blocked.</Comment>
      {"\n"}
      <Keyword>with</Keyword> client.execution(run, wait=3600) <Keyword>as</Keyword> execution:{"\n"}
      {"    "}execution.result = refund(execution.payload){"  "}
      <Comment># your function, your credentials</Comment>
    </CodeBlock>
  );
}

function Keyword({ children }: { children: ReactNode }) {
  return <span className="text-code-keyword">{children}</span>;
}

function Text({ children }: { children: ReactNode }) {
  return <span className="text-code-string">{children}</span>;
}

function Comment({ children }: { children: ReactNode }) {
  return <span className="text-code-comment">{children}</span>;
}
