import { Link } from "@/components/ui/link";

/** Where the operator reads an email that the console stored instead of sending. */
export function KeptEmailLink({ address }: { address: string }) {
  return (
    <Link
      className="rounded-sm text-xs text-link hover:underline"
      href={`/admin/mailbox?${new URLSearchParams({ q: address }).toString()}`}
    >
      Open mailbox
    </Link>
  );
}
