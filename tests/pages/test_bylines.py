"""Credits as newspapers print them."""

from __future__ import annotations

import pytest

from kg.pages.bylines import bylines, is_credit, is_lead, is_meta, opening_end, printed_date, trailing_credit

LEADS = [
    ("本报讯（记者 孙悟）与机器人共舞", "孙悟/记者"),
    ("本报讯 (记者 陈曦)近日，总工会", "陈曦/记者"),
    ("本报讯(特约记者邢远 通讯员宋芳)9月13日", "邢远/特约记者 宋芳/通讯员"),
    ("本报讯（记者 张三 李四 通讯员 王五 赵六）近日", "张三/记者 李四/记者 王五/通讯员 赵六/通讯员"),
    ("本报讯 记者张三 通讯员李四报道 近日，", "张三/记者 李四/通讯员"),
    ("本报北京3月8日讯 记者张三报道：总工会", "张三/记者"),
    ("■本报讯（通讯员 王　伟）近日在北京", "王伟/通讯员"),
    ("新华社北京3月8日电（记者 张三）近日，", "张三/记者"),
    ("中工网讯（工人日报—中工网记者 张三）近日", "张三/记者"),
    ("东方网5月9日讯(早报记者 钱玲 通讯员 林依)昨天", "钱玲/记者 林依/通讯员"),
    ("央视网厦门9月12日消息（记者张三）近日", "张三/记者"),
    ("（本报记者 张三 见习记者 李四）近日，市总工会举办", "张三/记者 李四/见习记者"),
    ("晚报讯（张三）近日，市总工会", "张三/作者"),
    ("本报讯 近日，市总工会举办活动", ""),
    ("本 报讯（记者 张三）近日，市总工会", "张三/记者"),
    ("- 讯（记者 张三）近日，市总工会", "张三/记者"),
    ("【本报讯】（记者 张三）近日，市总工会", "张三/记者"),
    ("本報訊（記者 張三 通訊員 李四）近日，市總工會舉辦活動", "張三/记者 李四/通讯员"),
]


@pytest.mark.parametrize(("text", "names"), LEADS)
def test_leads(text: str, names: str) -> None:
    assert is_lead(text)
    assert " ".join(f"{credit.name}/{credit.role}" for credit in bylines(iter(()), iter([text]))) == names


@pytest.mark.parametrize(
    "text",
    [
        "记者从市总工会获悉，近日",
        "网上流传的消息，让人担心。",
        "他在网上发布消息（见图）",
        "（一）加强组织领导，落实记者站责任",
        "近日，市总工会",
        "本报记者 张三",
        "",
    ],
)
def test_no_leads(text: str) -> None:
    assert not is_lead(text)


CREDITS = [
    ("■文/本报记者 郭强 摄影/周世杰", "郭强/记者 周世杰/摄影"),
    ("□本报记者 何书 通讯员 姜明", "何书/记者 姜明/通讯员"),
    ("本报记者 张三/文 李四/摄", "张三/记者 李四/摄"),
    ("记者张三 通讯员李四/文 王五/图", "张三/记者 李四/通讯员 王五/图"),
    ("全媒体记者 张三", "张三/全媒体记者"),
    ("特约通讯员 张三", "张三/特约通讯员"),
    ("作者:赵思远", "赵思远/作者"),
    ("【作者：工人日报—中工网记者 张三 通讯员 李四】", "张三/记者 李四/通讯员"),
    ("采写:早报记者 黄闻 通讯员 罗瑞 黄本", "黄闻/记者 罗瑞/通讯员 黄本/通讯员"),
    ("张三、李四 摄影报道", "张三/摄影报道 李四/摄影报道"),
    ("张三丰李四光 摄影报道", "张三丰/摄影报道 李四光/摄影报道"),
    ("文字：张三 图片：李四 审核：王五", "张三/文字 李四/图片 王五/审核"),
    ("张三/文图 李四/编发", "张三/文图 李四/编发"),
    ("[编辑:沙佳]", "沙佳/编辑"),
    ("记者 阿依古丽·买买提 通讯员 欧阳明月", "阿依古丽·买买提/记者 欧阳明月/通讯员"),
    ("（宣教部 尤佳）", "尤佳/作者"),
    ("李四 摄", "李四/摄"),
]


@pytest.mark.parametrize(("text", "names"), CREDITS)
def test_credit_lines(text: str, names: str) -> None:
    assert is_credit(text)
    assert " ".join(f"{credit.name}/{credit.role}" for credit in bylines(iter([text]), iter(()))) == names


@pytest.mark.parametrize(
    "text",
    [
        "（草案）",
        "区总工会主席张三",
        "工会送清凉 职工享关怀",
        "张三 李四",
        "记者节快乐",
        "",
        "近日，市总工会。",
        "（一）",
    ],
)
def test_no_credit_lines(text: str) -> None:
    assert not is_credit(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("个个争当高技能人才。(记者 谭勇 通讯员 魏光 成钰)", ["谭勇", "魏光", "成钰"]),
        ("劳动关系状况。人民网 孙飞摄", ["孙飞"]),
        ("大家很开心。（张三）", ["张三"]),
        ("服务职工。（市总工会 张三）", ["张三"]),
        ("比赛现场（李四 摄）", ["李四"]),
        ("签订了协议（草案）", []),
        ("活动圆满结束。（完）", []),
        ("热烈鼓掌（万元）", []),
        ("欢迎投稿。（见第二版）", []),
    ],
)
def test_credits_at_the_end(text: str, names: list[str]) -> None:
    assert [credit.name for credit in trailing_credit(text)] == names


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("某某日报 2013年09月24日 星期一", "2013-09-24"),
        ("《某某日报》(2013年09月24日 02版)", "2013-09-24"),
        ("信息来源: 时间:2024-11-28 10:02:52", "2024-11-28"),
        ("来源:乐山工会  时间:2017年03月09日", "2017-03-09"),
        ("2025-03-12 10:00 来源：中工网", "2025-03-12"),
        ("第3版 要闻", ""),
        ("阅读：123", ""),
    ],
)
def test_lines_about_the_article(text: str, date: str) -> None:
    assert is_meta(text)
    assert printed_date(text) == date


@pytest.mark.parametrize(
    "text", ["2025年3月8日，市总工会举办活动", "3月8日，总工会。", "时间过得真快", "来源于职工，服务于职工。"]
)
def test_lines_that_are_text(text: str) -> None:
    assert not is_meta(text)


@pytest.mark.parametrize(
    ("text", "news"),
    [
        ("本报讯（记者 张三）近日，总工会", "近日，总工会"),
        ("本报北京3月8日讯 记者张三报道：总工会", "总工会"),
        ("“真好！”", "“真好！”"),
        ("■近日，总工会", "近日，总工会"),
    ],
)
def test_where_the_news_begins(text: str, news: str) -> None:
    assert text[opening_end(text) :] == news
