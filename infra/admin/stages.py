"""The settings of a stage, read from the stage itself."""

import os
from collections.abc import Mapping

from infra.local.__main__ import running
from infra.stacks import Account, Stage

LOCAL = "local"


def environment_of(stage: str) -> Mapping[str, str]:
    """What the stage's own API function has: nothing is typed twice."""
    return running().environment if stage == LOCAL else deployed(stage)


def deployed(stage: str) -> Mapping[str, str]:
    """The same of a stage on AWS, found by its stack's name."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise SystemExit("Please say where the stage is: set AWS_REGION.")
    account = Account(region)
    app = Stage(stage, account, {}).stack("app")
    handler = account.client("cloudformation").describe_stack_resource(StackName=app, LogicalResourceId="APIHandler")
    name = handler["StackResourceDetail"]["PhysicalResourceId"]
    held = account.client("lambda").get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    return {**held, "AWS_REGION": region}
