"""What the demo's programs can do. Whether they may is the console's to say."""

from __future__ import annotations

from typing import Any

from mails import SentMails

SUBJECTS = {
    "send_invoice_reminder": "Reminder: invoice {reference} is due",
    "refund_customer": "Credit note for invoice {reference}",
    "delete_customer": "Your account is closed",
    "assign_to_collector": "Invoice {reference} for collection",
    "export_report": "Report: {reference}",
}


def key_of(action: str, payload: dict[str, Any]) -> str:
    """The same for the same thing to do, however often the program starts over."""
    return f"{action}:{payload['reference']}"


def perform(action: str, payload: dict[str, Any], mails: SentMails) -> dict[str, Any]:
    """The side effect itself."""
    subject = SUBJECTS[action].format(reference=payload["reference"])
    mails.send(key_of(action, payload), payload["recipient"], subject)
    return {"sent_to": payload["recipient"]}
