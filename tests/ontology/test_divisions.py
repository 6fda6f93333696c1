"""The tables of divisions are tidy, the generator is deterministic, and a name finds the division it means."""

from __future__ import annotations

import gzip
import itertools
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, OntologyError
from ontology import divisions, make_divisions

LEXICON = Path(divisions.__file__).with_name("lexicon")
PACKED = LEXICON / "divisions.tsv.gz"
LINES = gzip.decompress(PACKED.read_bytes()).decode("utf-8").split("\n")[:-1]
TABLE = [(code, name) for code, name in (line.split("\t") for line in LINES)]
HANDKEPT = {"divisions-extra.tsv": 4, "provinces.tsv": 4}


def names_of(found: tuple[divisions.Division, ...]) -> list[str]:
    return [division.name for division in found]


def codes_of(found: tuple[divisions.Division, ...]) -> list[str]:
    return [division.code for division in found]


def stop_words() -> list[str]:
    text = (LEXICON / "stem-stop.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


# Data


def test_table_is_tidy() -> None:
    codes = [code for code, _ in TABLE]
    assert codes == sorted(set(codes))
    assert {len(code) for code in codes} == {2, 4, 6, 9}
    for _, name in TABLE:
        assert name
        assert unicodedata.is_normalized("NFC", name)
        assert not any(char.isspace() for char in name)
        assert not make_divisions.is_placeholder(name)


def test_table_is_packed_without_time_and_name() -> None:
    head = PACKED.read_bytes()[:10]
    assert head[3] == 0  # no flags: no file name, no comment
    assert head[4:8] == b"\0\0\0\0"


def test_table_is_what_the_generator_would_write() -> None:
    assert gzip.decompress(make_divisions.pack(dict(TABLE))) == gzip.decompress(PACKED.read_bytes())


@pytest.mark.parametrize(("name", "columns"), HANDKEPT.items())
def test_handkept_table_is_tidy(name: str, columns: int) -> None:
    text = (LEXICON / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n")
    rows = [line.split("\t") for line in text.split("\n")[1:-1]]
    firsts = [row[0] for row in rows]
    assert firsts == sorted(set(firsts))
    for row in rows:
        assert len(row) == columns
        assert all(cell == cell.strip() for cell in row)
        assert all(row[:3])
        parts = row[3].split(";")
        assert row[3] == "" or all(parts)
        assert len(parts) == len(set(parts))
        assert row[0] not in parts


def test_stop_list_is_tidy_and_each_line_is_a_name() -> None:
    words = stop_words()
    assert words == sorted(set(words))
    assert all(word == word.strip() and unicodedata.is_normalized("NFC", word) for word in words)
    assert list(divisions.weak_names()) == words


def test_every_code_starts_with_its_ancestors() -> None:
    """`resolve` compares codes instead of walking up."""
    for code in itertools.chain.from_iterable(divisions.all_names().values()):
        around = codes_of(divisions.ancestors(code))
        assert all(code.startswith(other) for other in around)
        assert around == sorted(around, key=len, reverse=True)
        assert divisions.by_code(code).level in divisions.LEVELS
        assert (not around) == (divisions.by_code(code).level == "province")


def test_no_name_is_lost() -> None:
    known = divisions.all_names().keys() | divisions.weak_names().keys()
    assert {name for _, name in TABLE} <= known
    assert not divisions.all_names().keys() & divisions.weak_names().keys()


# The generator


def write_source(folder: Path, *, reverse: bool = False) -> Path:
    tables = {
        "provinces": ["11,北京市", "44,广东省"],
        "cities": ["1101,市辖区", "4419,东莞市"],
        "areas": ["110105,朝阳区", "441900,东莞市"],
        "streets": ["110105001,建外街道", "110105198,朝阳区直辖村级区划", "441900003,东城街道", '441900401," 松山湖 "'],
    }
    (folder / "dist").mkdir(parents=True)
    for name, rows in tables.items():
        lines = ["code,name", *(reversed(rows) if reverse else rows)]
        (folder / "dist" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_generator_drops_what_names_nothing(tmp_path: Path) -> None:
    assert make_divisions.read_divisions(write_source(tmp_path)) == {
        "11": "北京市",
        "110105": "朝阳区",
        "110105001": "建外街道",
        "44": "广东省",
        "4419": "东莞市",
        "441900003": "东城街道",
        "441900401": "松山湖",
    }


def test_generator_writes_the_same_bytes_whatever_the_order_and_the_hash_seed(tmp_path: Path) -> None:
    written = set()
    for seed, reverse in (("0", False), ("1", True)):
        source, output = write_source(tmp_path / seed, reverse=reverse), tmp_path / f"{seed}.gz"
        command = [sys.executable, "-m", "ontology.make_divisions", str(source), "-o", str(output)]
        root = Path(divisions.__file__).parents[1]
        run = subprocess.run(
            command, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        assert b"7 divisions" in run.stderr
        written.add(output.read_bytes())
    assert len(written) == 1


def test_generator_names_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make_divisions.main([str(tmp_path), "-o", str(tmp_path / "out.gz")]) == InputError.exit_code
    assert "provinces.csv: No such file or directory; give the folder" in capsys.readouterr().err
    assert not (tmp_path / "out.gz").exists()


@pytest.mark.parametrize("row", ["110105,", "11010,朝阳区", "11010x,朝阳区", "110105"])
def test_generator_refuses_a_broken_row(tmp_path: Path, row: str) -> None:
    source = write_source(tmp_path)
    (source / "dist" / "areas.csv").write_text(f"code,name\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match="is not a code of 6 digits and a name"):
        make_divisions.read_divisions(source)


# Lookups


@pytest.mark.parametrize(
    ("code", "name", "level", "around"),
    [
        ("11", "北京市", "province", []),
        ("81", "香港特别行政区", "province", []),
        ("110105", "朝阳区", "county", ["北京市"]),
        ("110105001", "建外街道", "street", ["朝阳区", "北京市"]),
        ("110115403", "北京经济技术开发区", "zone", ["大兴区", "北京市"]),
        ("419001", "济源市", "county", ["河南省"]),
        ("441900003", "东城街道", "street", ["东莞市", "广东省"]),
        ("13-雄安新区", "雄安新区", "zone", ["河北省"]),
        ("340177", "合肥经济技术开发区", "zone", ["合肥市", "安徽省"]),
    ],
)
def test_by_code(code: str, name: str, level: str, around: list[str]) -> None:
    division = divisions.by_code(code)
    assert (division.name, division.level) == (name, level)
    assert names_of(divisions.ancestors(code)) == around
    assert division.parent == next(iter(codes_of(divisions.ancestors(code))), None)


@pytest.mark.parametrize("code", ["", "1", "1101", "99", "110105999", "北京市"])
def test_unknown_code(code: str) -> None:
    with pytest.raises(OntologyError, match="no division has the code"):
        divisions.by_code(code)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("北京", "北京市"),
        ("内蒙古", "内蒙古自治区"),
        ("西城", "西城区"),
        ("鄂尔多斯", "鄂尔多斯市"),
        ("延边", "延边朝鲜族自治州"),
        ("休宁", "休宁县"),
        ("敖汉", "敖汉旗"),
        ("浦东", "浦东新区"),
        ("海淀", "海淀区"),
        ("碑林", "碑林区"),
        ("神农架", "神农架林区"),
        ("六枝", "六枝特区"),
        ("积石山", "积石山保安族东乡族撒拉族自治县"),
        ("鄂温克", "鄂温克族自治旗"),
        ("伊犁", "伊犁哈萨克自治州"),
        ("吉林", "吉林省"),
        ("海南", "海南省"),
        ("西安", "西安市"),
        ("长沙", "长沙市"),
        ("大同", "大同市"),
    ],
)
def test_stem(short: str, full: str) -> None:
    assert names_of(divisions.resolve(short)) == [full]
    assert short in divisions.short_names()
    assert divisions.all_names()[short] == divisions.short_names()[short]


@pytest.mark.parametrize(
    "word", ["朝阳", "和平", "西区", "城区", "新城", "合作", "互助", "会同", "兴安", "开发区", "一师"]
)
def test_stop_word_is_known_but_not_looked_for(word: str) -> None:
    assert word not in divisions.short_names()
    assert word not in divisions.all_names()
    assert divisions.named(word) == tuple(map(divisions.by_code, divisions.weak_names()[word]))
    assert divisions.named(word)


def test_short_names_are_longer_than_a_character() -> None:
    assert min(map(len, divisions.short_names())) == 2


@pytest.mark.parametrize("name", ["苏尼特右", "井陉矿", "碑", "清", "市辖区", ""])
def test_no_such_name(name: str) -> None:
    assert divisions.named(name) == ()
    assert divisions.resolve(name, ["11"], "11") == ()


@pytest.mark.parametrize(
    ("alias", "full"),
    [
        ("北京经开区", "北京经济技术开发区"),
        ("亦庄新城", "北京经济技术开发区"),
        ("天津开发区", "天津经济技术开发区"),
        ("江汉开发区", "江汉经济开发区"),
        ("大同经开区", "山西大同经济开发区"),
        ("秦皇岛经开区", "秦皇岛市经济技术开发区"),
        ("合肥高新区", "合肥高新技术产业开发区"),
        ("淄川经济开发区", "山东淄川经济开发区"),
        ("第二师铁门关市", "新疆生产建设兵团第二师"),
        ("二师", "新疆生产建设兵团第二师"),
        ("苏右旗", "苏尼特右旗"),
        ("张家湾镇", "张家湾镇"),
        ("于家务乡", "于家务回族乡"),
        ("延边州", "延边朝鲜族自治州"),
        ("芷江县", "芷江侗族自治县"),
        ("内蒙", "内蒙古自治区"),
    ],
)
def test_alias(alias: str, full: str) -> None:
    assert names_of(divisions.resolve(alias, home="11")) == [full]


def test_corps_divisions_are_complete() -> None:
    for number in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"]:
        assert names_of(divisions.named(f"{number}师")) == [f"新疆生产建设兵团第{number}师"]


def test_abbreviations() -> None:
    assert divisions.abbreviations()["京"] == "11"
    assert divisions.abbreviations()["黔"] == divisions.abbreviations()["贵"] == "52"
    assert all(len(char) == 1 for char in divisions.abbreviations())
    assert len(set(divisions.abbreviations().values())) == 34


# Which one


@pytest.mark.parametrize("banner", ["苏尼特右旗", "巴林右旗"])
def test_banner_lies_in_inner_mongolia(banner: str) -> None:
    (division,) = divisions.resolve(banner)
    assert names_of(divisions.ancestors(division.code))[-1] == "内蒙古自治区"


@pytest.mark.parametrize(("street", "code"), [("建外街道", "110105001"), ("朝外街道", "110105002")])
def test_street_of_chaoyang(street: str, code: str) -> None:
    assert codes_of(divisions.resolve(street)) == [code]


FANGSHAN, LICHENG = "110111011", "350304002"


@pytest.mark.parametrize(
    ("context", "home", "codes"),
    [
        ([], None, [FANGSHAN, LICHENG]),
        (["110111"], None, [FANGSHAN]),
        (["3503"], None, [LICHENG]),
        ([], "11", [FANGSHAN]),
        (["350304"], "11", [LICHENG]),  # what is named nearby comes before home
        (["35", "11"], None, [LICHENG]),
        (["152524"], "11", [FANGSHAN]),  # a division that fits none says nothing
        (["110105"], None, [FANGSHAN, LICHENG]),  # a neighbour alone says nothing
        ([LICHENG], None, [LICHENG]),
    ],
)
def test_gongchen(context: list[str], home: str | None, codes: list[str]) -> None:
    assert codes_of(divisions.resolve("拱辰街道", context, home)) == codes


@pytest.mark.parametrize(
    ("name", "context", "home", "code"),
    [
        ("朝阳区", ["110105001"], None, "110105"),  # around the context
        ("朝阳", [], "11", "110105"),
        ("朝阳", ["21"], "11", "2113"),
        ("经开区", [], "11", "110115403"),
        ("经开区", ["3401"], "11", "340177"),
        ("开发区", ["370302"], "11", "370302-山东淄川经济开发区"),
        ("通州区", [], "11", "110112"),
        ("鼓楼区", ["35"], "11", "350102"),
    ],
)
def test_resolve(name: str, context: list[str], home: str | None, code: str) -> None:
    assert codes_of(divisions.resolve(name, context, home)) == [code]


def test_context_narrows_step_by_step_and_orders_the_rest() -> None:
    in_jiangsu = [code for code in codes_of(divisions.named("鼓楼区")) if code.startswith("32")]
    assert len(in_jiangsu) == 2
    found = codes_of(divisions.resolve("鼓楼区", ["32"]))
    assert found[:2] == in_jiangsu
    assert sorted(found) == sorted(codes_of(divisions.named("鼓楼区")))
    assert codes_of(divisions.resolve("鼓楼区", ["32", "3203"])) == ["320302"]


def test_context_of_an_unknown_code() -> None:
    with pytest.raises(OntologyError):
        divisions.resolve("拱辰街道", ["999999"])


KNOWN = [*divisions.all_names(), *divisions.weak_names()]
CODES = [code for code, _ in TABLE if len(code) < 9]


@given(st.sampled_from(KNOWN), st.lists(st.sampled_from(CODES), max_size=3), st.none() | st.sampled_from(CODES))
def test_resolve_returns_one_candidate_or_all(name: str, context: list[str], home: str | None) -> None:
    found = codes_of(divisions.resolve(name, context, home))
    candidates = codes_of(divisions.named(name))
    assert len(found) == 1 or sorted(found) == sorted(candidates)
    assert set(found) <= set(candidates)


@given(st.sampled_from(KNOWN))
def test_a_division_is_found_by_its_own_code(name: str) -> None:
    for code in divisions.all_names().get(name, ()):
        assert codes_of(divisions.resolve(name, [code]))[0] in (code, *codes_of(divisions.ancestors(code)))
