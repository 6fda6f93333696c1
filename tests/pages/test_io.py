"""Reading pages: what comes in as text, and what is refused with one line that says what, where and what next."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, WorkspaceError
from kg.io import dump, front_matter, load, read_pages, read_records, write_atomic, write_records
from kg.io import read as reading
from kg.model import Article, Byline, Entity, Evidence, Join, Move, Page, Piece, Statement

NEWS = "## 职工运动会开幕\n\n**本报讯**（记者 张三）近日，朝阳区总工会举办职工运动会。\n"


def pages(*sources: str, stdin: bytes | None = None, **options: str) -> list[Page]:
    return list(read_pages(sources, stdin=io.BytesIO(stdin) if stdin is not None else None, **options))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_comes_in_the_same_from_every_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    (tmp_path / "p.md").write_bytes(NEWS.replace("\n", end).encode(encoding))
    assert pages(str(tmp_path / "p.md"))[0].text == NEWS


@given(st.text(alphabet="职工运动会开幕，近日“朝阳区总工会”举办。\n——……《》", min_size=1))
def test_gb18030_is_seen(text: str) -> None:
    assert reading.decode(text.encode("gb18030"), "p") == text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "p.md: a binary file"),
        (b"\x1f\x8b\x08abc", "p.md: byte 1 (line 1) is neither UTF-8"),
        (bytes(range(1, 256)), "p.md: "),
        (NEWS.encode()[:40] + b"\xff" + NEWS.encode()[40:], "is not UTF-8: the text is damaged"),
        (NEWS.encode()[:-5], "(line 3) is not UTF-8: the text is damaged"),
        ("Grüße aus Köln, schöne Ärmel, süße Öfen".encode("latin-1"), "p.md: byte 2 (line 1) is neither UTF-8 nor"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.md").write_bytes(raw)
    with pytest.raises(InputError) as error:
        pages("p.md")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_and_empty_places(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: no such file or folder; check the name"):
        pages("nowhere")
    with pytest.raises(InputError, match=r"no page in this folder; pages end in .*\.md"):
        pages(str(tmp_path))


def test_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 1000)
    (tmp_path / "p.txt").write_bytes(b"a" * 1001)
    (tmp_path / "p.jsonl").write_bytes(b'{"text":"a"}\n{"text":"' + b"a" * 2000 + b'"}\n')
    with pytest.raises(InputError, match=r"p\.txt: longer than"):
        pages(str(tmp_path / "p.txt"))
    with pytest.raises(InputError, match=r"p\.jsonl, line 2: longer than"):
        pages(str(tmp_path / "p.jsonl"))
    with pytest.raises(InputError, match=r"stdin: longer than"):
        pages("-", stdin=b"a" * 1001)


def test_folders_are_sorted_and_files_read_once(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.md", ".hidden.md", "notes.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(NEWS, encoding="utf-8")
    assert [page.id for page in pages(str(tmp_path), str(tmp_path / "b.md"))] == ["a", "b", "c"]


def test_ids_that_collide_get_the_shortest_telling_path(tmp_path: Path) -> None:
    for name in ("x/1/p.md", "x/2/p.md", "y/2/p.md", "q.md", "q.txt", "r.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(NEWS, encoding="utf-8")
    ids = [page.id for page in pages(str(tmp_path))]
    assert ids == ["q.md", "q.txt", "r", "1/p", "x/2/p", "y/2/p"]


def test_front_matter_says_what_the_options_do_not(tmp_path: Path) -> None:
    head = '---\npaper: "工友报"\nissue_date: 2025年3月8日\npage-no: 3\nother: x\n---\n'
    (tmp_path / "p.md").write_text(head + NEWS, encoding="utf-8")
    (tmp_path / "q.md").write_text(NEWS, encoding="utf-8")
    first, second = pages(str(tmp_path), paper="别的报", issue_date="2024-01-01", home="北京市")
    assert (first.paper, first.issue_date, first.page_no, first.home) == ("工友报", "2025-03-08", "3", "北京市")
    assert (second.paper, second.issue_date, second.page_no, second.home) == ("别的报", "2024-01-01", "", "北京市")
    assert first.text == head + NEWS


@pytest.mark.parametrize("text", ["---\n一行字\n---\n", "---\n", "---\npaper: x\n", "正文\n---\na: b\n---\n", ""])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, 0)


def test_a_wrong_date_is_said_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text("---\nissue_date: 2025-02-30\n---\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"p\.md: issue_date: '2025-02-30' is no day; write it as 2025-03-12"):
        pages(str(tmp_path))


def test_records(tmp_path: Path) -> None:
    records = [
        {
            "id": "a",
            "text": NEWS,
            "source": "社网",
            "issue_date": "2025-03-08",
            "page_no": 3,
            "paper": "工友报",
            "home": "北京市",
        },
        {"id": 7, "text": "一行\r\n两行", "headline": "标题", "page_no": None},
        {"text": ""},
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n\n" for r in records), encoding="utf-8")
    first, second, third = pages(str(file), paper="别的报")
    assert first == Page("a", "社网", NEWS, "工友报", "2025-03-08", "3", "北京市")
    assert (second.id, second.text, second.headline, second.paper) == ("7", "一行\n两行", "标题", "别的报")
    assert (third.id, third.text) == ("in-5", "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"),
        ("[1]", "no object with a text"),
        ('{"id":"a"}', "no object with a text"),
        ('{"id":"a","text":3}', "no object with a text"),
        ('{"id":["a"],"text":""}', "id is no text"),
        ('{"id":"a","text":"","issue_date":"gestern"}', "issue_date: 'gestern' is no day"),
        ('{"id":"a","text":"\\ud800"}', "a lone surrogate"),
        ('{"id":"ok","text":""}', "page id 'ok' was already given to"),
    ],
)
def test_bad_records_are_named_by_file_and_line(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id":"ok","text":""}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        pages(str(file))
    assert "in.jsonl, line 2" in str(error.value)
    assert words in str(error.value)


def test_records_are_read_one_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id":"a","text":""}\n{\n', encoding="utf-8")
    assert next(read_pages([str(file)])).id == "a"


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (NEWS.encode(), [NEWS]),
        (NEWS.encode("gb18030"), [NEWS]),
        (b"", [""]),
        (b'{"text":"a"}\n{"text":"b"}\n', ["a", "b"]),
        ("{这不是记录}\n".encode(), ["{这不是记录}\n"]),
        ("<!DOCTYPE html><p>一段话。</p>".encode(), ["一段话。"]),
    ],
)
def test_standard_input_is_what_it_begins_like(raw: bytes, texts: list[str]) -> None:
    found = pages("-", stdin=raw)
    assert [page.text for page in found] == texts
    assert all(page.id.startswith("stdin") and page.source.startswith("stdin") for page in found)


HTML = """<html><head><meta charset="{charset}"><title>某某总工会网</title><style>p {{color: red}}</style></head><body>
<nav><a href="/">首页</a> <a href="/a">动态</a></nav>
<div class="top"><h1>朝阳区总工会举办<b>技能</b>大赛</h1><div class="info">来源：朝阳工会 时间：2025-03-08</div></div>
<div class="content"><p>&nbsp;&nbsp;<strong>本报讯</strong>（记者 张三）近日，
朝阳区总工会举办技能大赛，来自辖区的200名职工参加。</p>
<p>大赛设电工、焊工<a href="/x">两个工种</a>，历时三天。</p><h2>练兵备赛</h2>
<div>为备战大赛，各街道总工会组织职工开展岗位练兵，参赛选手不断提升技能。<br>大赛由区总工会主办。</div></div>
<ul class="related"><li><a href="/1">朝阳区总工会慰问环卫职工送去清凉物资和祝福一起</a></li></ul>
<script>document.write("不是正文不是正文不是正文不是正文不是正文不是正文")</script><footer>版权所有</footer></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gb2312", "utf-8")])
def test_html(tmp_path: Path, charset: str, encoding: str) -> None:
    (tmp_path / "p.html").write_bytes(HTML.format(charset=charset).encode(encoding))
    assert pages(str(tmp_path))[0].text.split("\n\n") == [
        "# 朝阳区总工会举办技能大赛",
        "本报讯（记者 张三）近日，朝阳区总工会举办技能大赛，来自辖区的200名职工参加。",
        "大赛设电工、焊工两个工种，历时三天。",
        "## 练兵备赛",
        "为备战大赛，各街道总工会组织职工开展岗位练兵，参赛选手不断提升技能。",
        "大赛由区总工会主办。",
    ]


@pytest.mark.parametrize(
    "text", ["", "<html></html>", "<p></p>", "<div>短</div>", "<table><tr><td>甲</td><td>乙</td></tr></table>"]
)
def test_html_with_little_in_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.html").write_text(text, encoding="utf-8")
    assert "<" not in pages(str(tmp_path))[0].text


def test_html_nested_beyond_reason(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<div>" * 5000 + "职工" * 50, encoding="utf-8")
    with pytest.raises(InputError, match=r"p\.html: nested too deeply"):
        pages(str(tmp_path))


# -- records ----------------------------------------------------------------------------------------------------------

EVIDENCE = Evidence("k", 0, 2, "举办", ((3, 4), (9, 10)), (1, 2), "rule", 0.5)
SAMPLES: list[object] = [
    Page("p", "p.md", "正文\n", headline=None),
    Page("p", "p.md", "正文\n", headline="标题"),
    Article(
        "p#1",
        "k",
        "p",
        "",
        "标题",
        False,
        (Byline("张三", "记者"),),
        "甲\n乙",
        2,
        (Piece(0, 1, 5), Piece(2, 3, 8)),
        (1, 3),
        (Join(1, 3, "why"),),
        (Move((3,), 1, "why"),),
    ),
    Statement("s", "a", "organizes", "b", (("role", "host"),), "planned", EVIDENCE),
    Entity("e", "key", "Activity", "“名”\\\n\t", ("别名",), (("n", 3), ("x", 1.5), ("v", True), ("t", ("a", "b"))), ()),
]


@pytest.mark.parametrize("record", SAMPLES, ids=lambda record: type(record).__name__)
def test_records_come_back(record: object) -> None:
    line = dump(record)
    assert "\n" not in line
    assert load(type(record), line) == record
    assert load(type(record), json.loads(line)) == record


def test_dump_keeps_the_order_of_fields_and_the_words() -> None:
    assert dump(Byline("张三", "记者")) == '{"name":"张三","role":"记者"}'


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "3",
        '{"name":"a"}',
        '{"name":"a","role":"b","more":1}',
        '{"name":1,"role":"b"}',
        '{"name":null,"role":"b"}',
    ],
)
def test_load_refuses_what_is_no_record(line: str) -> None:
    with pytest.raises(InputError, match="no Byline"):
        load(Byline, line)


def test_record_files(tmp_path: Path) -> None:
    file = tmp_path / "b.jsonl"
    names = [Byline("张三", "记者"), Byline("李四", "摄")]
    with write_atomic(file) as stream:
        assert write_records(stream, names) == 2
    assert list(read_records(file, Byline)) == names
    file.write_text('{"name":"a","role":"b"}\n{}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.jsonl, line 2: no Byline"):
        list(read_records(file, Byline))


# -- whole or not at all ----------------------------------------------------------------------------------------------


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "out.txt"
    with write_atomic(file) as stream:
        stream.write(b"a")
        assert not file.exists()
    assert file.read_bytes() == b"a"
    assert list(file.parent.iterdir()) == [file]


def test_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    file.write_bytes(b"old")
    with pytest.raises(KeyError), write_atomic(file) as stream:
        stream.write({"new": b"new"}["old"])
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="cannot write"), write_atomic(tmp_path / "file" / "out"):
        pass
    with pytest.raises(WorkspaceError, match="is a folder"), write_atomic(tmp_path):
        pass


def test_a_device_is_written_to_directly() -> None:
    with write_atomic("/dev/null") as stream:
        stream.write(b"a")


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    file.touch(mode=0o640)
    file.chmod(0o640)
    with write_atomic(file) as stream:
        stream.write(b"a")
    assert file.stat().st_mode & 0o777 == 0o640
