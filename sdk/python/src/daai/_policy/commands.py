"""`python -m daai policy`: its arguments and what they do."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from .._exceptions import DaaiApiError
from .._explanation import printable
from .backtest import DAYS, backtest_lines
from .console import Management, problems_of
from .files import PolicyFile, read_policies, write_policy
from .plan import Plan, apply_plan, lines_of, load_plan, make_plan, require_current, save_plan

FAILED, WOULD_CHANGE = 1, 2
# What the console says of an action's state, beside what a file says of it.
STATE = ("managed_by", "is_active", "policy_version", "action_id", "created_at")


def pull(options: argparse.Namespace) -> int:
    folder = Path(options.folder)
    known = {policy.action: policy for policy in read_policies([folder])} if folder.exists() else {}
    with Management() as console:
        for action in console.actions():
            policy = known.get(action["action"])
            path = folder / f"{action['action']}.yaml" if policy is None else policy.path
            if policy is not None and not _differs(console, policy):
                print(f"unchanged  {path}")
                continue
            write_policy(path, {name: value for name, value in action.items() if name not in STATE})
            print(f"{'new' if policy is None else 'updated':<9}  {path}")
    return 0


def test(options: argparse.Namespace) -> int:
    has_failed = False
    with Management() as console:
        for policy in _policies(options):
            if not policy.tests:
                print(f"none  {policy.path}: no tests")
                continue
            failures = list(_failures(console, policy))
            print(f"{'FAIL' if failures else 'ok':<4}  {policy.path}: {_counted(policy.tests)}")
            for line in failures:
                print(f"      {line}")
            has_failed = has_failed or bool(failures)
    return FAILED if has_failed else 0


def plan(options: argparse.Namespace) -> int:
    with Management() as console:
        planned = make_plan(console, _policies(options), options.deactivate_removed)
        _print(planned)
        if options.out is not None:
            save_plan(planned, Path(options.out))
        if not options.no_backtest:
            for line in backtest_lines(console, planned, options.days, _report):
                print(line)
    return WOULD_CHANGE if planned.steps else 0


def apply(options: argparse.Namespace) -> int:
    with Management() as console:
        if options.plan is None:
            planned = make_plan(console, _policies(options), options.deactivate_removed)
            _print(planned)
        else:
            planned = load_plan(Path(options.plan))
            require_current(console, planned)
        for line in apply_plan(console, planned):
            print(line)
    return 0


def _policies(options: argparse.Namespace) -> list[PolicyFile]:
    policies = read_policies([Path(path) for path in options.paths])
    if not policies:
        raise ValueError(f"no policy files in {', '.join(options.paths)}")
    return policies


def _differs(console: Management, policy: PolicyFile) -> bool:
    try:
        return bool(console.plan(policy.action, policy.document)["changes"])
    except DaaiApiError as error:
        # A file that the console doesn't take is replaced by what it has.
        if error.status_code == 422:
            return True
        raise


def _failures(console: Management, policy: PolicyFile) -> list[str]:
    try:
        results = console.test(policy.action, {**policy.document, "tests": policy.tests})["results"]
    except DaaiApiError as error:
        return problems_of(error)
    return [_failure(number, result) for number, result in enumerate(results, 1) if not result["passed"]]


def _failure(number: int, result: dict[str, Any]) -> str:
    name = f"test {number}" if result["name"] is None else f"test {number}, {printable(result['name'])}"
    actual = result["actual"] or "refused"
    rule = f" by the rule {printable(result['policy_rule'])}" if result["policy_rule"] else ""
    return f"{name}: expected {result['expected']}, got {actual}{rule}. {printable(result['explanation'])}"


def _counted(tests: list[Any]) -> str:
    return "1 test" if len(tests) == 1 else f"{len(tests)} tests"


def _report(line: str) -> None:
    print(line, file=sys.stderr)


def _print(planned: Plan) -> None:
    for line in lines_of(planned):
        print(line)


def add_policy_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    policy = commands.add_parser(
        "policy",
        help="keep actions and their policies in files",
        description="Settings: DAAI_MANAGEMENT_KEY, DAAI_BASE_URL. Needs daai-python[policy].",
    )
    verbs = policy.add_subparsers(required=True, metavar="VERB")

    pulling = verbs.add_parser("pull", help="write the console's actions to files; tests and comments stay")
    pulling.add_argument("folder", nargs="?", default="policies", help="default: %(default)s")
    pulling.set_defaults(command=pull)

    testing = verbs.add_parser("test", help="have the console decide about the files' tests")
    _add_paths(testing)
    testing.set_defaults(command=test)

    planning = verbs.add_parser(
        "plan", help="show what apply would change, with a backtest; exits with 2 if anything would"
    )
    _add_paths(planning)
    planning.add_argument("--out", metavar="FILE", help="store the plan, for apply --plan")
    planning.add_argument(
        "--days",
        type=int,
        choices=DAYS,
        default=30,
        help="how far the backtest reads back; default: %(default)s",
    )
    planning.add_argument("--no-backtest", action="store_true", help="don't compare with recorded runs")
    _add_deactivate(planning)
    planning.set_defaults(command=plan)

    applying = verbs.add_parser("apply", help="set the actions from the files")
    _add_paths(applying)
    applying.add_argument("--plan", metavar="FILE", help="apply this plan and nothing else")
    _add_deactivate(applying)
    applying.set_defaults(command=apply)


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", default=["policies"], metavar="PATH", help="files or folders; default: policies"
    )


def _add_deactivate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deactivate-removed",
        action="store_true",
        help="also deactivate actions that are managed by a file which no longer exists here",
    )
