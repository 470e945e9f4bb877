"""Which names a template may use, and the check that it uses no other: before anything is filled in."""

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen
from jinja2 import nodes

from core.fields.kinds import KINDS
from core.fields.label import Label
from core.fields.spec import specs_of


@frozen
class Leaf:
    """One value, and what it is."""

    label: Label = Label("", "")


@frozen
class Record:
    """Values by name; ``free`` admits names that nobody has declared."""

    names: Mapping[str, "Shape"]
    free: bool = False


@frozen
class Rows:
    """Records one after the other."""

    of: Record


Shape = Leaf | Record | Rows
ANY = Record({}, free=True)
_KEEPING = frozenset({"list", "reverse", "sort", "unique", "selectattr", "rejectattr"})
_REFUSED = (
    nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block, nodes.Macro, nodes.CallBlock,
    nodes.FilterBlock, nodes.ScopedEvalContextModifier, nodes.AssignBlock,
)  # fmt: skip


@frozen
class Trouble:
    """What is wrong with a template: in which line (0: the whole), and how it is mended."""

    line: int
    message: Label

    def said(self) -> Label:
        """Return the sentence with its line."""
        if not self.line:
            return self.message
        return Label(f"第{self.line}行：{self.message.zh}", f"Line {self.line}: {self.message.en}")


def shape_of(cls: type | None, *more: type) -> Record:
    """Return the names of the fields of declarations."""
    names: dict[str, Shape] = {}
    for one in (cls, *more):
        for name, spec in specs_of(one).items() if one is not None else ():
            if spec.kind is KINDS.group:
                assert spec.item is not None
                names[name] = Rows(shape_of(spec.item))
            else:
                names[name] = Leaf(spec.label)
    return Record(names)


def paths(shape: Record, stem: str = "") -> Iterator[tuple[str, Label]]:
    """Yield every name a template may write, with what it is; ``[]`` stands for one of several."""
    for name, inner in shape.names.items():
        if isinstance(inner, Leaf):
            yield stem + name, inner.label
        elif isinstance(inner, Record):
            yield from paths(inner, f"{stem}{name}.")
        else:
            yield from paths(inner.of, f"{stem}{name}[].")


def check_names(tree: nodes.Template, variables: Record, functions: frozenset[str]) -> list[Trouble]:
    """Return what the template names that is not there, line by line."""
    check = _Check(functions)
    check.go(tree, dict(variables.names))
    return sorted(check.found, key=lambda one: one.line)


class _Check:
    """One pass over a template's tree; ``scope`` is what its names stand for at that place."""

    def __init__(self, functions: frozenset[str]) -> None:
        self.functions = functions
        self.found: list[Trouble] = []

    def go(self, node: nodes.Node, scope: dict[str, Shape]) -> None:
        """Check a statement and all below it."""
        if isinstance(node, _REFUSED):
            self._say(node, "模板不能引用其他模板、定义宏或以 set 收存一段内容，请直接写出内容。", "A template cannot include others, define macros or keep a passage with set; write the text itself.")  # fmt: skip
        elif isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Assign):
            shape = self.shape(node.node, scope)
            if isinstance(node.target, nodes.Name):
                scope[node.target.name] = shape
        elif isinstance(node, nodes.Expr):
            self.shape(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.go(child, scope)

    def _loop(self, node: nodes.For, scope: dict[str, Shape]) -> None:
        over = self.shape(node.iter, scope)
        inner = {**scope, "loop": ANY}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = (
                over.of if isinstance(over, Rows) else Leaf() if isinstance(over, Leaf) else ANY
            )
        else:
            inner |= {one.name: ANY for one in node.target.find_all(nodes.Name)}
        for part in (*([node.test] if node.test is not None else []), *node.body):
            self.go(part, inner)
        for part in node.else_:
            self.go(part, scope)

    def shape(self, node: nodes.Node, scope: dict[str, Shape]) -> Shape:
        """Return what an expression stands for, having checked the names in it."""
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._below(node, self.shape(node.node, scope), node.attr)
        if isinstance(node, nodes.Getitem):
            base = self.shape(node.node, scope)
            if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return self._below(node, base, node.arg.value)
            return (base if isinstance(node.arg, nodes.Slice) else base.of) if isinstance(base, Rows) else ANY
        if isinstance(node, nodes.Filter):
            base = self.shape(node.node, scope) if node.node is not None else ANY
            for one in (*node.args, *node.kwargs):
                self.shape(one, scope)
            if isinstance(base, Rows):
                return (
                    base.of if node.name in ("first", "last") else base if node.name in _KEEPING else Leaf()
                )
            return base if node.name == "default" else Leaf()
        if isinstance(node, nodes.Concat | nodes.Dict) or (
            isinstance(node, nodes.List | nodes.Tuple)
            and not all(isinstance(one, nodes.Const) for one in node.items)
        ):
            self._say(node, "模板里不能拼接内容，列表中只能写固定的值。", "A template puts nothing together; a list holds fixed values only.")  # fmt: skip
        for child in node.iter_child_nodes():
            self.shape(child, scope)
        return Leaf() if isinstance(node, nodes.Const | nodes.Call) else ANY

    def _name(self, node: nodes.Name, scope: dict[str, Shape]) -> Shape:
        if node.name in scope:
            return scope[node.name]
        if node.name not in self.functions:
            offered = "、".join(sorted({*scope, *self.functions} - {"loop"}))
            self._say(node, f"没有名为 {node.name} 的变量，可用：{offered}。", f"There is no variable {node.name}; there are: {offered}.")  # fmt: skip
        return ANY

    def _below(self, node: nodes.Node, base: Shape, name: str) -> Shape:
        if isinstance(base, Record):
            if name in base.names:
                return base.names[name]
            if base.free:
                return ANY
            offered = "、".join(base.names) or "—"
            self._say(
                node, f"这里没有 {name}，可用：{offered}。", f"There is no {name} here; there are: {offered}."
            )
        elif isinstance(base, Rows):
            self._say(node, f"这是多项内容，请用 for 循环逐项取 {name}。", f"There are several; take {name} of each in a for loop.")  # fmt: skip
        else:
            self._say(node, f"这一项没有下一级 {name}，请直接使用。", f"There is nothing below this one; leave out {name}.")  # fmt: skip
        return ANY

    def _say(self, node: nodes.Node, zh: str, en: str) -> None:
        self.found.append(Trouble(node.lineno, Label(zh, en)))


def with_free(shape: Record, names: Mapping[str, Shape]) -> Record:
    """Return ``shape`` with further names."""
    return evolve(shape, names={**names, **shape.names})
