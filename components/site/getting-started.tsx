import type { ReactNode } from "react";
import { PythonExample } from "@/components/site/python-example";
import { CodeBlock } from "@/components/ui/code-block";

/** From nothing to the first governed action, with this console's own address filled in. */
export function GettingStarted({ baseUrl }: { baseUrl: string }) {
  return (
    <section className="border-t border-line pt-8 pb-12 sm:pt-10 sm:pb-16" aria-labelledby="start">
      <h2 className="scroll-mt-6 text-xl tracking-title" id="start">
        Make your first workspace
      </h2>
      <p className="mt-2 max-w-[68ch] text-md text-muted">
        This release is set up from the command line, in the folder where the console was started. Its commands can be run
        while it serves.
      </p>
      <ol className="mt-6 grid gap-6">
        <Step number={1} title="A workspace and its keys">
          <p>One workspace for one client. Its two keys are printed once and kept here only as hashes.</p>
          <CodeBlock title="Terminal">
            {`npm run -s admin -- workspace create \\
  --owner you@example.com --name "Finance automations" --client "Halvorsen Logistics"`}
          </CodeBlock>
        </Step>
        <Step number={2} title="An action and its policy">
          <p>Up to 250.00 it is allowed at once. Above that, and when the amount cannot be read, the approver is asked by mail.</p>
          <CodeBlock title="Terminal">
            {`npm run -s admin -- action register --workspace WORKSPACE_ID \\
  --name refund_customer --title "Refund a customer" --risk high \\
  --sentence "refund {amount} {currency} for order {order_id}" \\
  --policy require_approval_above_amount --threshold 250 --approver you@example.com`}
          </CodeBlock>
        </Step>
        <Step number={3} title="The Python client">
          <p>It lies beside the console, in sdk/python. Python 3.9 or later.</p>
          <CodeBlock title="Terminal">
            {`pip install ./sdk/python
export DAAI_API_KEY=daai_sk_…
export DAAI_WORKSPACE_KEY=daai_wk_…
export DAAI_BASE_URL=${baseUrl}`}
          </CodeBlock>
        </Step>
        <Step number={4} title="Ask first, then run">
          <p>Your function stays yours. It runs only when the answer says that it may.</p>
          <PythonExample />
        </Step>
        <Step number={5} title="Decide from the mail">
          <p>
            Without a mail service, mails are kept in the database. Read them there and follow the link to the decision.
          </p>
          <CodeBlock title="Terminal">npm run -s admin -- mailbox list</CodeBlock>
        </Step>
      </ol>
    </section>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-3.5 lg:grid-cols-[28px_304px_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <span
        className="row-span-3 grid lg:row-span-2 size-7 place-items-center rounded-full border border-line-strong bg-surface text-sm font-medium text-muted tabular-nums"
        aria-hidden="true"
      >
        {number}
      </span>
      <h3 className="pt-0.5 text-md lg:col-start-2">{title}</h3>
      <div className="contents *:[figure]:mt-3 *:[figure]:lg:col-start-3 *:[figure]:lg:row-span-2 *:[figure]:lg:row-start-1 *:[figure]:lg:mt-0 *:[figure]:lg:self-start *:[p]:mt-1 *:[p]:text-md *:[p]:text-muted *:[p]:lg:col-start-2">
        {children}
      </div>
    </li>
  );
}
