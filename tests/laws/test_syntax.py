"""What the source itself promises, read from its syntax tree: the house's layers and its habits."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "portal"
FILES = sorted(PORTAL.rglob("*.py"))

ENTITIES = {"Case", "Lane", "Message", "Attachment"}
"""Only portal/cases selects these; a type checker may know them anywhere."""

PUBLIC = {
    # a view without a sign-in → why
    "identity/views.py: sign_in": "the way in",
    "identity/views.py: forgotten": "the way in without the password",
    "identity/views.py: link": "invitations and resets, by a signed link",
    "identity/oidc_views.py: oidc_start": "the way to the provider",
    "identity/oidc_views.py: oidc_callback": "and back",
    "identity/oidc_views.py: oidc_finish": "and in",
    "branding.py: style": "the colours of the sign-in page",
    "branding.py: logo": "the logo on the sign-in page",
    "assets.py: serve": "style sheets and fonts of the sign-in page",
    "health.py: healthz": "a watcher asks whether the process answers; it says no more",
    "health.py: readyz": "a balancer asks whether to send requests here; it says no more",
    "health.py: metrics": "this machine, or who knows the token; for everybody else it is not there",
}

RAW_SQL = {
    # a file outside cases/ that says sqlalchemy.text → why
    "channels/models.py": "the conditions of partial indexes",
    "identity/models.py": "the condition of a partial index",
    "exchange/models.py": "the condition of a partial index",
    "cli.py": "migrations: locks and pragmas, nothing about cases",
}

KNOWS_THE_REQUEST = {
    # a file of the lower floors that is neither views nor forms, but about requests by its purpose → why
    "identity/browser.py": "the session cookie is its subject",
    "identity/arriving.py": "what the views of signing in share",
    "identity/oidc.py": "the protocol runs in the browser's session",
    "identity/installation.py": "what it looked up is remembered as long as the request lasts",
}
EVERYTHING = {
    # who looks at all cases, whoever may read them → because
    "cases/closing.py: close_unanswered": "the worker closes what nobody answers",
    "cases/exporting.py: _rows": "the shell exports every case, and it is recorded",
    "cases/figures.py: open_by_department": "a monitor counts open cases, confidential ones among them",
    "cases/recount.py: _read": "the doctor recounts what is stored twice, whoever may read it",
    "cases/workload.py: open_in": "no department is archived with open cases, confidential ones among them",
}

LOWER_FLOORS = ("identity", "catalogue", "cases", "routing", "channels")

LONGEST_FILE, LONGEST_FUNCTION = 300, 40


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PORTAL).as_posix()


def leaf(path: Path) -> str:
    """`views` or `forms` for a file of such, as views.py, lane_views.py, work_forms.py are; else ""."""
    kind = path.stem.rpartition("_")[2]
    return kind if kind in ("views", "forms") and on_a_lower_floor(path) else ""


def on_a_lower_floor(path: Path) -> bool:
    return name_of(path).startswith(tuple(f"{floor}/" for floor in LOWER_FLOORS))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of everything imported at run time; `import a.b` gives ("a.b", "")."""
    for node in _running(tree(path)):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.module or "", alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, but nothing under `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from _running(child)


def modules(path: Path) -> set[str]:
    """The modules of ours a file imports, whichever way it says so."""
    found = set()
    for module, name in imports(path):
        found |= {module, f"{module}.{name}"}
    return {module for module in found if module.startswith("portal.")}


def outside(folder: str) -> list[Path]:
    return [path for path in FILES if not name_of(path).startswith(f"{folder}/")]


def test_there_is_something_to_read() -> None:
    assert len(FILES) > 60
    assert {"cases/visibility.py", "app.py"} <= {name_of(path) for path in FILES}


def test_nobody_outside_cases_selects_a_case_lane_message_or_file() -> None:
    found = [
        f"{name_of(path)}: {name}"
        for path in outside("cases")
        for module, name in imports(path)
        if module == "portal.cases.models" and name in ENTITIES
    ]
    found += [
        f"{name_of(path)}: {ast.unparse(node)}"
        for path in outside("cases")
        for node in _running(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ENTITIES
        and ast.unparse(node.value) in ("models", "case_models", "portal.cases.models")
    ]
    found += [
        f"{name_of(path)}: the whole module"
        for path in outside("cases")
        for module, name in imports(path)
        if (module, name)
        in (("portal.cases", "models"), ("portal.cases.models", ""), ("portal.cases.models", "*"))
    ]
    assert not found


def test_whoever_looks_at_everything_is_listed_with_the_reason() -> None:
    found = {
        f"{name_of(path)}: {function.name}": ast.literal_eval(call.keywords[0].value)
        for path in FILES
        for function in functions(path)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "everything"
    }
    assert found == EVERYTHING


def test_raw_sql_is_for_cases_and_migrations() -> None:
    found = {name_of(path) for path in outside("cases") if ("sqlalchemy", "text") in set(imports(path))}
    found |= {
        name_of(path)
        for path in outside("cases")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "text" and ast.unparse(node.value) in ("sa", "db")
    }
    assert found <= set(RAW_SQL), found - set(RAW_SQL)


def test_nothing_is_compared_with_none_by_equality() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare)
        and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
        and any(
            isinstance(side, ast.Constant) and side.value is None for side in (node.left, *node.comparators)
        )
    ]
    assert not found


def test_only_the_listed_views_are_open_to_everybody() -> None:
    marked = {
        f"{name_of(path)}: {function.name}"
        for path in FILES
        for function in functions(path)
        for decorator in function.decorator_list
        if ast.unparse(decorator).split(".")[-1] == "public"
    }
    marked |= {
        f"{name_of(path)}: {ast.unparse(target.value)}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "is_public"
    }
    assert marked - {"web.py: view"} == set(PUBLIC)


def test_verbs_and_models_know_no_request_and_no_form() -> None:
    found = []
    for path in FILES:
        name = name_of(path)
        if not on_a_lower_floor(path) or leaf(path) or name in KNOWS_THE_REQUEST:
            continue
        said = set(imports(path))
        found += [f"{name}: flask.{word}" for word in ("request", "session", "g") if ("flask", word) in said]
        found += [
            f"{name}: {module}"
            for module in {module for module, _ in said} | modules(path)
            if module.split(".")[0] in ("wtforms", "flask_wtf")
            or (module.startswith("portal.") and module.endswith("forms"))
        ]
    assert not found


def test_views_and_forms_of_the_lower_floors_are_leaves() -> None:
    """Only app.py knows them all; the views of a room know each other and their forms, forms only forms."""
    leaves = {f"portal.{name_of(path)[:-3].replace('/', '.')}": path for path in FILES if leaf(path)}
    assert {"portal.cases.views", "portal.cases.lane_views", "portal.cases.work_forms"} <= set(leaves)
    found = []
    for path in FILES:
        for module in modules(path) & set(leaves):
            there = leaves[module]
            same_room = path.parent == there.parent
            allowed = leaf(path) == "views" or (leaf(path) == "forms" and leaf(there) == "forms")
            if name_of(path) != "app.py" and not (same_room and allowed):
                found.append(f"{name_of(path)} imports {module}")
    assert not found


LONGER = {"cases/visibility.py": 340}
"""Who sees what stands in one place, as the law wants it, and that is worth some lines more."""


def test_no_file_is_longer_than_can_be_read() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGER.get(name, LONGEST_FILE)}


def test_no_function_is_longer_than_can_be_read() -> None:
    found = {
        f"{name_of(path)}: {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in FILES
        for function in functions(path)
    }
    assert not {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION}


def test_what_cases_offers_says_what_it_does() -> None:
    """Public functions of the verbs; a view's address and a predicate's name say it already."""
    silent = [
        f"{name_of(path)}: {function.name}"
        for path in sorted((PORTAL / "cases").glob("*.py"))
        if leaf(path) != "views" and path.stem != "permissions"
        for function in tree(path).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and not ast.get_docstring(function)
    ]
    assert not silent


def test_every_file_says_what_it_is() -> None:
    assert not [name_of(path) for path in FILES if path.stat().st_size and not ast.get_docstring(tree(path))]


def test_no_page_is_built_in_python_and_no_markup_trusted_unseen() -> None:
    """`|safe` switches the escaping off; templates have nothing that needs it."""
    found = [
        str(page)
        for page in (ROOT / "templates").rglob("*.html")
        if "|safe" in page.read_text().replace(" ", "")
    ]
    assert not found


def test_the_import_contracts_are_kept() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.parametrize("heavy", ["flask", "sqlalchemy", "wtforms", "PIL", "babel"])
def test_the_command_line_starts_without_the_application(heavy: str) -> None:
    asked = f"import sys, portal.cli; portal.cli._parser(); print({heavy!r} in sys.modules)"
    run = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
