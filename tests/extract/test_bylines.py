"""Who reported: leads, credit lines, brackets at the end, captions."""

from __future__ import annotations

import pytest

from kg.model import ARTICLE
from tests.extract.helpers import found, gap

NEWS = "近日，延庆区总工会发布公告，各项工作有序推进。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"本报讯（记者 沈若溪）{NEWS}", {"沈若溪"}),
        (f"本报讯（记者 沈若溪 通讯员 邹凯）{NEWS}", {"沈若溪", "邹凯"}),
        (f"本报讯 （记者沈若溪、段雨桐）{NEWS}", {"沈若溪", "段雨桐"}),
        (f"（记者 沈若溪 段雨桐 通讯员 邹凯 白雪）{NEWS}", {"沈若溪", "段雨桐", "邹凯", "白雪"}),
        (f"本报讯（记者 沈若溪）（通讯员 邹凯）{NEWS}", {"沈若溪", "邹凯"}),
        (f"【记者 沈若溪】{NEWS}", {"沈若溪"}),
        (f"中工网讯（中工网记者 沈若溪 实习生 段雨桐）{NEWS}", {"沈若溪", "段雨桐"}),
        (f"本报讯（全媒体记者 欧阳若溪）{NEWS}", {"欧阳若溪"}),
        (f"本报讯 记者沈若溪报道 {NEWS}", {"沈若溪"}),
        (f"本报讯(记者 沈若溪 通讯员 邹凯){NEWS}", {"沈若溪", "邹凯"}),
        (f"本报记者 沈若溪\n{NEWS}", {"沈若溪"}),
        (f"■本报记者 沈若溪 文/摄\n{NEWS}", {"沈若溪"}),
        (f"文/本报记者 沈若溪 图/段雨桐\n{NEWS}", {"沈若溪", "段雨桐"}),
        (f"□ 沈若溪\n{NEWS}", {"沈若溪"}),
        (f"作者：沈若溪\n{NEWS}", {"沈若溪"}),
        (f"摄影 沈若溪\n{NEWS}", {"沈若溪"}),
        (f"记者 沈若溪 通讯员 邹凯\n{NEWS}", {"沈若溪", "邹凯"}),
        (f"{NEWS}（沈若溪）", {"沈若溪"}),
        (f"{NEWS}（沈若溪 段雨桐 摄）", {"沈若溪", "段雨桐"}),
        (f"{NEWS}（记者 沈若溪 通讯员 邹凯 文/图）", {"沈若溪", "邹凯"}),
        (f"{NEWS} 沈若溪 摄", {"沈若溪"}),
        (f"{NEWS}\n供图：沈若溪", {"沈若溪"}),
        (f"{NEWS}\n责任编辑：沈若溪", set()),
        (f"{NEWS}\n（编辑 沈若溪）", set()),
        (NEWS, set()),
        (f"{NEWS}（以下简称通知）", set()),
        pytest.param(
            f"本报讯（记者 阿依古丽·买买提）{NEWS}",
            {"阿依古丽·买买提"},
        ),
        (f"本报讯（记者 王　伟）{NEWS}", {"王伟"}),
        (f"中新网宁波10月18日电（沈若溪 段雨桐）{NEWS}", {"沈若溪", "段雨桐"}),
        (f"（沈若溪）{NEWS}", {"沈若溪"}),
        (f"沈若溪 段雨桐\n{NEWS}", {"沈若溪", "段雨桐"}),
        (f"大众报业·蓝岸网 沈若溪 通讯员 邹凯\n{NEWS}", {"沈若溪", "邹凯"}),
        (f"高质量\n{NEWS}", set()),
        (f"{NEWS}\n党群工作部 沈若溪", {"沈若溪"}),
        (f"■见习记者 沈若溪\n{NEWS}", {"沈若溪"}),
    ],
)
def test_reporters(text: str, names: set[str]) -> None:
    result = found(*text.split("\n"))
    assert result.pairs("reportedBy") == {(ARTICLE, name) for name in names}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (f"本报讯（记者 沈若溪 通讯员 邹凯）{NEWS}", {"沈若溪": "记者", "邹凯": "通讯员"}),
        (f"{NEWS}（沈若溪 摄）", {"沈若溪": "摄"}),
        (f"{NEWS}\n供图：沈若溪", {"沈若溪": "供图"}),
        (f"{NEWS}（沈若溪）", {"沈若溪": "作者"}),
        pytest.param(
            f"{NEWS}\n（通讯员 沈若溪 摄影报道）",
            {"沈若溪": "通讯员"},
            marks=gap("摄影报道 hides 通讯员 in a line of its own"),
        ),
    ],
)
def test_roles_as_printed(text: str, roles: dict[str, str]) -> None:
    result = found(*text.split("\n"))
    assert {name: role for _, name, role in result.qualified("reportedBy", "role")} == roles


def test_a_reporter_takes_no_part() -> None:
    result = found("本报讯（记者 沈若溪）3月8日，延庆区总工会举办“匠心杯”职工技能大赛。")
    assert result.pairs("reportedBy") == {(ARTICLE, "沈若溪")}
    assert result.triples("participatesIn", "hasRole") == set()
    (statement,) = result.statements("reportedBy")
    assert statement.evidence.quote.count("沈若溪") == 1
