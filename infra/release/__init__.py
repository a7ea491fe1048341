"""The release build: what goes into the Lambdas' zip and into the stack's template."""
