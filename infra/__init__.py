"""Everything around the code: templates, the release build, deployment, and the stack on one laptop."""
