"""The demo's agent: reads the invoices and asks the console before it does anything about one.

    python agent.py invoices.csv FOLDER

Runs what is allowed immediately. Leaves what needs approval in FOLDER/pending.db for the worker.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daai import DaaiClient, PendingActionManager, SQLitePendingStore, Ticket

from actions import key_of, perform
from events import tell
from mails import SentMails, UndeliverableError

ACTIONS = {
    "overdue": "send_invoice_reminder",
    "paid_twice": "refund_customer",
    "account_closed": "delete_customer",
    # Nobody has registered this one.
    "in_collection": "assign_to_collector",
}
REASONS = {
    "overdue": "The invoice is {days_overdue} days overdue.",
    "paid_twice": "The customer has paid the invoice twice.",
    "account_closed": "The customer has closed the account.",
    "in_collection": "The invoice is {days_overdue} days overdue and reminders did not help.",
}


def proposals(invoices: Path) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Action, payload and reasoning for every invoice, and at last for the report on them."""
    with invoices.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        payload = {
            "reference": row["invoice"],
            "customer": row["customer"],
            "recipient": row["email"],
            "currency": row["currency"],
        }
        # As they stand in the books: what is missing stays missing, and no amount becomes a float on the way.
        payload.update({name: row[name] for name in ("amount", "remark") if row[name]})
        yield ACTIONS[row["status"]], payload, REASONS[row["status"]].format(**row)
    report = {"reference": "REP-2611", "recipient": "finance@agency.example", "invoices": len(rows)}
    yield "export_report", report, "The list is done."


def run_now(client: DaaiClient, ticket: Ticket, mails: SentMails) -> str | None:
    """Runs what may run, and reports it. Returns what went wrong."""
    try:
        with client.execution(ticket) as execution:
            execution.result = perform(ticket.action, execution.payload, mails)
    except UndeliverableError as problem:
        return str(problem)
    return None


def main(invoices: Path, folder: Path) -> None:
    mails = SentMails(folder / "sent-mails.jsonl")
    with DaaiClient() as client:
        manager = PendingActionManager(client, SQLitePendingStore(folder / "pending.db"))
        for action, payload, reasoning in proposals(invoices):
            ticket = manager.propose(
                action,
                payload,
                idempotency_key=key_of(action, payload),
                reasoning=reasoning,
                source={"type": "accounts_receivable", "ref": payload["reference"]},
                actor="dunning_agent",
            )
            error = run_now(client, ticket, mails) if ticket.executable else None
            tell(
                "proposed",
                key=key_of(action, payload),
                amount=payload.get("amount"),
                governance_status=ticket.governance_status,
                governance_reason=ticket.governance_reason,
                may_run=ticket.executable,
                error=error,
                is_replay=ticket.idempotent_replay,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
