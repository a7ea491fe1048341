"""CloudFormation templates: read, laid over Chalice's, cut to what a place can use."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

Template = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms (!Ref, !Sub, !GetAtt ...) read as their long ones."""


def _long_form(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _long_form)


def read(path: Path) -> Template:
    """A template file as plain data."""
    return yaml.load(path.read_text(), _Loader)


def is_intrinsic(value: Any) -> bool:
    """{"Ref": ...} and {"Fn::...": ...} are values, not mappings to be merged into."""
    return (
        isinstance(value, dict)
        and len(value) == 1
        and (next(iter(value)) == "Ref" or next(iter(value)).startswith("Fn::"))
    )


def overlay(base: Any, part: Any) -> Any:
    """`part` laid over `base`: mappings merge, null takes away, everything else replaces."""
    if not isinstance(base, dict) or not isinstance(part, dict) or is_intrinsic(base) or is_intrinsic(part):
        return part
    merged = dict(base)
    for key, value in part.items():
        if value is None:
            if key not in base:
                raise ValueError(f"{key} is taken away but is not there")
            del merged[key]
        else:
            merged[key] = overlay(base[key], value) if key in base else value
    return merged


def assemble(generated: Template, parts: Collection[Path]) -> Template:
    """Chalice's template with ours over it; a misspelt name would be a resource without a type."""
    whole = generated
    for part in parts:
        whole = overlay(whole, read(part))
    typeless = [name for name, resource in whole["Resources"].items() if "Type" not in resource]
    if typeless:
        raise ValueError(f"no function or resource is called {', '.join(typeless)}")
    return whole


def without(template: Template, types: Collection[str]) -> Template:
    """The template less the resources of some types and whatever names them (outputs, dependencies)."""
    gone = {name for name, resource in template["Resources"].items() if _of(resource["Type"], types)}
    resources = {name: dict(each) for name, each in template["Resources"].items() if name not in gone}
    for resource in resources.values():
        needs = resource.pop("DependsOn", [])
        needs = [each for each in ([needs] if isinstance(needs, str) else needs) if each not in gone]
        resource |= {"DependsOn": needs} if needs else {}
    outputs = {name: each for name, each in template.get("Outputs", {}).items() if not named_in(each) & gone}
    return {**template, "Resources": resources, "Outputs": outputs}


def _of(kind: str, types: Collection[str]) -> bool:
    return any(kind == each or (each.endswith("*") and kind.startswith(each[:-1])) for each in types)


def named_in(value: Any) -> set[str]:
    """The logical names that Ref, GetAtt and Sub in a value lead to."""
    if isinstance(value, list):
        return set().union(*map(named_in, value), set())
    if not isinstance(value, dict):
        return set()
    names = set().union(*map(named_in, value.values()), set())
    names |= {value["Ref"]} if isinstance(value.get("Ref"), str) else set()
    names |= {value["Fn::GetAtt"][0]} if isinstance(value.get("Fn::GetAtt"), list) else set()
    sub = value.get("Fn::Sub")
    text = sub[0] if isinstance(sub, list) else sub
    if isinstance(text, str):
        names |= {each.split("}")[0].split(".")[0] for each in text.split("${")[1:] if not each.startswith("!")}
    return names


def value_of(value: Any, known: dict[str, str]) -> Any:
    """A value with its !Ref and !Sub answered from what is known: what a reader of the template would see there."""
    if isinstance(value, list):
        return [value_of(each, known) for each in value]
    if not isinstance(value, dict):
        return value
    if is_intrinsic(value) and "Ref" in value:
        return known[value["Ref"]]
    if is_intrinsic(value) and isinstance(value.get("Fn::Sub"), str):
        text = value["Fn::Sub"]
        for name, word in known.items():
            text = text.replace(f"${{{name}}}", word)
        return text
    return {key: value_of(each, known) for key, each in value.items()}
