import { Avatar } from "@/components/ui/avatar";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";

/** Who gets the emails of the newest action's runs. */
export function WhoIsAsked({ emails, changeHref }: { emails: readonly string[]; changeHref: string | null }) {
  return (
    <Card aria-label="Email recipients">
      <CardHeader
        title="Email recipients"
        note={
          changeHref === null ? undefined : (
            <Link className="text-link" href={changeHref}>
              Change
            </Link>
          )
        }
      />
      <ul className="grid gap-2 p-4">
        {emails.map((email) => (
          <li className="flex min-w-0 items-center gap-2" key={email}>
            <Avatar name={email} />
            <span className="min-w-0 wrap-anywhere">{email}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
