"""``benchside keys``: the keys of personal data, and what is sealed with them."""

from datetime import UTC, datetime, timedelta

import click

from core.cli.root import Failed, commands, house_of
from core.store.ciphers import DEFAULT, SEALERS
from core.store.keyring import write_keys
from core.store.sealed import Ring
from core.work.house import House
from core.work.keys import check_keys, introduce
from core.work.reseal import forget_key, sealed_columns, uses
from core.work.reseal import reseal as go_over

_SETTLED = timedelta(minutes=1)
"""After so long every running worker has put a new key into use."""


@commands.group()
def keys() -> None:
    """The keys of personal data: which there are, a new one, and what is sealed with them."""


def _ring(house: House) -> Ring:
    check_keys(house.store)
    assert house.store.ring is not None
    return house.store.ring


@keys.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the keys of the file and how many values each seals; never a key itself."""
    house = house_of(ctx)
    ring = _ring(house)
    counts = uses(house.store)
    for key in ring.keys.sealing:
        note = "  in use" if key is ring.keys.current else ""
        click.echo(
            f"{key.id:<12} {key.algorithm:<12} {key.made_at:%Y-%m-%d %H:%M}  {counts[key.id]:>10} values{note}"
        )
    for key in ring.keys.index:
        click.echo(f"{key.id:<12} {key.algorithm:<12} {key.made_at:%Y-%m-%d %H:%M}  search index")
    if counts[""]:
        click.echo(f"in clear: {counts['']}; run: benchside keys reseal")


@keys.command()
@click.pass_context
def fields(ctx: click.Context) -> None:
    """List what is kept sealed, as the declarations say it."""
    house_of(ctx)
    for one in sealed_columns():
        click.echo(f"{one.table.name}.{one.column.name}")


@keys.command()
@click.option("--algorithm", type=click.Choice(sorted(SEALERS)), default=DEFAULT)
@click.pass_context
def rotate(ctx: click.Context, algorithm: str) -> None:
    """Put a new key into use; running workers take it up within seconds. The old ones still open what they sealed."""
    house = house_of(ctx)
    ring = _ring(house)
    write_keys(ring.path, ring.keys.rotated(algorithm, datetime.now(UTC)))
    ring.refresh()
    introduce(house.store)
    click.echo(f"{ring.keys.current.id} is in use; now run: benchside keys reseal")


@keys.command()
@click.pass_context
def reseal(ctx: click.Context) -> None:
    """Seal what is in clear or under an old key with the one in use; in batches, while in use, and again from where it stopped."""
    house = house_of(ctx)
    _ring(house)
    go_over(house, click.echo)


@keys.command()
@click.argument("key")
@click.pass_context
def retire(ctx: click.Context, key: str) -> None:
    """Take a key out of the file that nothing is sealed with any more."""
    house = house_of(ctx)
    ring = _ring(house)
    if key not in {one.id for one in ring.keys.sealing}:
        raise Failed(f"没有密钥“{key}”。 There is no key {key}.")
    if key == ring.keys.current.id:
        raise Failed("正在使用的密钥不能停用，请先更换。 The key in use cannot be retired; rotate first.")
    if datetime.now(UTC) - ring.keys.current.made_at < _SETTLED:
        raise Failed("新密钥启用不足一分钟，请稍后再试。 The new key is not a minute old; try again shortly.")
    if left := uses(house.store)[key]:
        raise Failed(f"还有{left}项用它加密，请先运行：benchside keys reseal。 {left} values are sealed with it; run first: benchside keys reseal")  # fmt: skip
    forget_key(house.store, key)
    write_keys(ring.path, ring.keys.without(key))
    click.echo(f"{key} is retired; destroy its copies when no backup needs it")
