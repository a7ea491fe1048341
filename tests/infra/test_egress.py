"""The one way out with an address that stays: who goes by it, and what it leads to."""

import json
from typing import Any

import pytest

from infra.build import Release
from infra.release.template import named_in

Resources = dict[str, Any]
INSIDE = {"PayOut", "RegisterPayee", "Reconcile"}
NETWORK = ("AWS::EC2::",)


@pytest.fixture(scope="module")
def parameters(release: Release) -> Resources:
    """The app stack's."""
    found: Resources = json.loads(release.app.read_text())["Parameters"]
    return found


def network(app: Resources) -> Resources:
    """All that the fixed address takes."""
    return {name: each for name, each in app.items() if each["Type"].startswith(NETWORK)}


def test_nothing_of_it_is_there_unless_asked_for(app: Resources, parameters: Resources):
    assert parameters["FixedEgress"]["Default"] == "off"
    assert {each["Condition"] for each in network(app).values()} == {"HasFixedEgress"}
    for name in INSIDE:
        condition, _, otherwise = app[name]["Properties"]["VpcConfig"]["Fn::If"]
        assert (condition, otherwise) == ("HasFixedEgress", {"Ref": "AWS::NoValue"})


def test_only_who_calls_razorpayx_goes_by_it(app: Resources):
    functions = {name: each for name, each in app.items() if each["Type"] == "AWS::Serverless::Function"}
    assert {name for name, each in functions.items() if "VpcConfig" in each["Properties"]} == INSIDE
    roles = {name for name, each in app.items() if "AWSLambdaENIManagementAccess" in json.dumps(each)}
    assert roles == {functions[name]["Properties"]["Role"]["Fn::GetAtt"][0] for name in INSIDE}


def test_one_address_that_outlives_the_network(app: Resources, release: Release):
    [gateway] = [each for each in app.values() if each["Type"] == "AWS::EC2::NatGateway"]
    [(name, address)] = [(name, each) for name, each in app.items() if each["Type"] == "AWS::EC2::EIP"]
    assert gateway["Properties"]["AllocationId"] == {"Fn::GetAtt": [name, "AllocationId"]}
    assert address["DeletionPolicy"] == address["UpdateReplacePolicy"] == "Retain"
    told = json.loads(release.app.read_text())["Outputs"]["EgressAddress"]
    assert told == {"Condition": "HasFixedEgress", "Value": {"Ref": name}}


def test_functions_sit_where_nothing_reaches_them_and_leave_by_the_one_gateway(app: Resources):
    inside = app["PayOut"]["Properties"]["VpcConfig"]["Fn::If"][1]
    nets = named_in(inside["SubnetIds"])
    assert len(nets) == 2
    assert not any("MapPublicIpOnLaunch" in app[net]["Properties"] for net in nets)
    ties = [each["Properties"] for each in app.values() if each["Type"] == "AWS::EC2::SubnetRouteTableAssociation"]
    tables = {each["RouteTableId"]["Ref"] for each in ties if each["SubnetId"]["Ref"] in nets}
    routes = [each["Properties"] for each in app.values() if each["Type"] == "AWS::EC2::Route"]
    assert {next(iter(named_in(r["NatGatewayId"]))) for r in routes if r["RouteTableId"]["Ref"] in tables} == {"WayOut"}
    [group] = [each["Properties"] for each in app.values() if each["Type"] == "AWS::EC2::SecurityGroup"]
    assert "SecurityGroupIngress" not in group
    assert [(each["FromPort"], each["ToPort"]) for each in group["SecurityGroupEgress"]] == [(443, 443)]


def test_tables_have_a_door_of_their_own_that_leads_to_ours_alone(app: Resources):
    [door] = [each["Properties"] for each in app.values() if each["Type"] == "AWS::EC2::VPCEndpoint"]
    assert door["VpcEndpointType"] == "Gateway"
    assert door["ServiceName"] == {"Fn::Sub": "com.amazonaws.${AWS::Region}.dynamodb"}
    [allowed] = door["PolicyDocument"]["Statement"]
    assert {"CoreTable", "LedgerTable"} <= named_in(allowed["Resource"])
    assert "*" not in allowed["Resource"]
