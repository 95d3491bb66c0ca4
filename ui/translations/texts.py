"""Which texts the code translates, and in which context each is looked up. No Qt.

Qt's own reader of Python loses the context of `tr = self.tr` and of small helpers, so this one
reads the syntax tree. What it understands:

- `self.tr("text")`: the class is the context;
- `translate("Context", "text")`, by whatever name that function is reached;
- `helper("text")` where the module has a function of one text that does nothing but
  `return translate("Context", text)`, or `helper = partial(translate, "Context")`;
- `tr("text")` in a function that says `tr = self.tr`, `tr = helper` or `tr = partial(...)`;
- `QT_TRANSLATE_NOOP("Context", "text")`, for what the same module translates later.

A text is a literal, and a second one tells equal texts apart; a count may follow, which chooses
among a translation's plurals. Anything else is said to be wrong.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

MARK: Final = "QT_TRANSLATE_NOOP"
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """An English text, where it is looked up, and what tells it from an equal one."""

    context: str
    source: str
    comment: str = ""


@dataclass(slots=True)
class Reading:
    """What a module translates and by which helpers, and what of it is wrong, with its line.

    `marked` are the texts that are translated where they are shown.
    """

    texts: set[Text] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    helpers: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def read_folders(folders: Iterable[Path]) -> Reading:
    """Return what all modules below `folders` translate."""
    together = Reading()
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        found = read_module(path.read_text("utf-8"))
        together.texts |= found.texts
        together.marked |= found.marked
        together.wrong += [f"{path}:{line}" for line in found.wrong]
    return together


def read_module(code: str) -> Reading:
    """Return what the module `code` translates."""
    reader = _Reader(ast.parse(code))
    return reader.reading


def called(call: ast.Call) -> str:
    """Return the last word of what is called, as `tr` of `self.tr(...)`."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


class _Reader(ast.NodeVisitor):
    def __init__(self, tree: ast.Module) -> None:
        self.reading = Reading()
        self._classes: list[str] = []
        self._scopes: list[dict[str, str]] = [dict(_helpers(tree))]
        self.reading.helpers.update(self._scopes[0])
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        self._later = {_literal(call.args, 0) for call in calls if called(call) == MARK} - {None}
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: Function) -> None:
        self._scopes.append(dict(self._named(node)))
        self.generic_visit(node)
        self._scopes.pop()

    visit_AsyncFunctionDef = visit_Lambda = visit_FunctionDef  # noqa: N815

    def visit_Call(self, node: ast.Call) -> None:
        context, name = self._context_of(node.func), called(node)
        if context is not None:
            self._keep_late(node, [ast.Constant(context), *node.args])
        elif name == "tr":
            self._wrong(node, "is looked up in a context that cannot be told from here")
        elif name == MARK:
            self._keep(node, node.args)
            self.reading.marked |= {text for text in [_literal(node.args, 1)] if text}
        elif name == "translate" and len(node.args) > 1 and not self._looks_up_others(node):
            self._keep_late(node, node.args)
        self.generic_visit(node)

    def _context_of(self, function: ast.expr) -> str | None:
        """Return where `function`, called with a text, looks it up; None where that is unknown."""
        if isinstance(function, ast.Name):
            scopes = (scope for scope in reversed(self._scopes) if function.id in scope)
            return next(scopes, {}).get(function.id)
        if self._classes and _is_own_tr(function):
            return self._classes[-1]
        return _context_given(function) if isinstance(function, ast.Call) else None

    def _named(self, function: Function) -> Iterator[tuple[str, str]]:
        """Yield the names that `function` gives to what looks texts up, with their contexts."""
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for name, value in _assigned(node.targets[0], node.value):
                    if (context := self._context_of(value)) is not None:
                        yield name, context

    def _looks_up_others(self, node: ast.Call) -> bool:
        """Return whether the text is what a helper was given, or one that was marked above."""
        variable = _literal(node.args, 1) is None
        return variable and (
            _literal(node.args, 0) in self._later
            or any(_literal(node.args, 0) == context for context in self._scopes[0].values())
        )

    def _keep_late(self, node: ast.Call, args: list[ast.expr]) -> None:
        if len(self._scopes) == 1:
            self._wrong(node, f"is run before the language is chosen; use {MARK}")
        self._keep(node, args)

    def _keep(self, node: ast.Call, args: list[ast.expr]) -> None:
        context, source, comment = (_literal(args, at) for at in range(3))
        is_understood = context and source and (comment is not None or len(args) < 3)
        if not is_understood or len(args) > 4 or node.keywords:
            self._wrong(node, "takes a literal text, perhaps a literal comment, and then a count")
            return
        self.reading.texts.add(Text(context or "", source or "", comment or ""))

    def _wrong(self, node: ast.Call, why: str) -> None:
        self.reading.wrong.append(f"{node.lineno}: {ast.unparse(node)[:80]} {why}")


def _helpers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names of the module that do nothing but look a text up, with their contexts."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            name, call = node.name, node.body[-1].value
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            name, call = ast.unparse(node.targets[0]), node.value
        else:
            continue
        context = _context_given(call)
        if context is not None:
            yield name, context


def _context_given(call: ast.expr | None) -> str | None:
    if not isinstance(call, ast.Call):
        return None
    if called(call) == "partial" and ast.unparse(call.args[0]).endswith("translate"):
        return _literal(call.args, 1)
    gives_on = called(call) == "translate" and len(call.args) == 2
    return _literal(call.args, 0) if gives_on and isinstance(call.args[1], ast.Name) else None


def _is_own_tr(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or function.attr != "tr":
        return False
    return isinstance(function.value, ast.Name) and function.value.id == "self"


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for each, given in zip(target.elts, value.elts, strict=False):
            yield from _assigned(each, given)
    elif isinstance(target, ast.Name):
        yield target.id, value


def _literal(args: list[ast.expr], at: int) -> str | None:
    found = args[at] if at < len(args) else None
    value = found.value if isinstance(found, ast.Constant) else None
    return value if isinstance(value, str) else None
