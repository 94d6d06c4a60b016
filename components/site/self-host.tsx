import { ButtonAnchor } from "@/components/ui/button-anchor";
import { CodeBlock } from "@/components/ui/code-block";
import { Link } from "@/components/ui/link";

const FACTS = [
  ["Requirements", "Node.js. PostgreSQL is included, or use your own."],
  ["Backup", "One database and one small file."],
  ["Scaling", "As many processes as you like on the same database."],
] as const;

export function SelfHost({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <div className="grid items-start gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,1fr)_580px]">
      <div>
        <dl className="grid gap-4">
          {FACTS.map(([what, fact]) => (
            <div key={what}>
              <dt className="text-sm text-muted">{what}</dt>
              <dd className="text-base">{fact}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="grid min-w-0 gap-5">
        <CodeBlock title="Terminal" language="bash" code="npm start" />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          {isSignedIn ? (
            <ButtonAnchor href="/home" size="lg">
              Open the console
            </ButtonAnchor>
          ) : (
            <ButtonAnchor href="/sign-up" size="lg">
              Create a workspace
            </ButtonAnchor>
          )}
          <Link className="text-link text-md" href="/docs/self-hosting" prefetch={false}>
            Settings, backup and upgrades
          </Link>
        </div>
      </div>
    </div>
  );
}
