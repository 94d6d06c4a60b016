"""The steps of a plan: a new action, another policy and another title."""

from daai._policy.plan import Step

PLANNED = [
    Step("new", "new.yaml", None, {"action": "new"}),
    Step("pay", "pay.yaml", '"etag"', {"action": "pay", "managed_by": None}, changes_decisions=True),
    Step("retitled", "retitled.yaml", '"etag"', {"action": "retitled"}),
]
