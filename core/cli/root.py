"""The commands' common root."""

import click


@click.group()
def commands() -> None:
    """Benchside: the judge's side of a litigation service platform."""
