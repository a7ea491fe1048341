"""CloudFront's functions, written into the template from infra/site."""

from infra import site
from infra.release.template import Template

LARGEST = 10 * 1024  # CloudFront's limit for a function's code


def with_functions(template: Template) -> Template:
    """The same template; each CloudFront Function in it now has its code."""
    for name, code in site.functions().items():
        if len(code.encode()) > LARGEST:
            raise ValueError(f"{name} is larger than CloudFront takes")
        template["Resources"][name]["Properties"]["FunctionCode"] = code
    return template
