"""Invented pages of union news, as many as a test wants; the same number gives the same page."""

from __future__ import annotations

import random

from kg.model import Page

DISTRICTS = ["西城区", "东城区", "朝阳区", "大兴区", "通州区", "海淀区", "房山区"]
STREETS = ["月坛街道", "建外街道", "黄村镇", "张家湾镇", "拱辰街道"]
BRANDS = ["晨星", "远帆", "京岳", "东升", "云杉", "禾木", "星河"]
TRADES = ["机械", "物流", "食品", "电子", "建筑工程"]
EVENTS = ["技能大赛", "读书分享会", "健步走活动", "法律讲座", "送清凉活动", "职工运动会"]
THEMES = ["匠心杯", "春风送岗位", "书香工会", "暖心驿站"]
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = "建国桂兰秀英志强海燕文博思远明珠"


def page(number: int) -> Page:
    """Return the page of this number."""
    chance = random.Random(number)
    articles = [_article(chance) for _ in range(chance.randint(1, 3))]
    text = "# 凝心聚力促发展\n\n" + "\n\n".join(articles) + "\n"
    day = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return Page(
        f"page-{number:03}", f"pages/page-{number:03}.md", text, "京华工报", day, str(chance.randint(1, 8)), "北京市"
    )


def pages(count: int) -> list[Page]:
    """Return the first `count` pages."""
    return [page(number) for number in range(count)]


def posts() -> list[Page]:
    """Return three pages: two posts of a 王建国 and, on the third, that he who has the one also has the other."""
    texts = {
        "union": "西城区总工会主席王建国3月8日慰问职工。“大家辛苦了。”西城区总工会主席王建国说。",
        "firm": "北京京华机械有限公司董事长王建国出席开工仪式。北京京华机械有限公司举办第三届“匠心杯”技能大赛。",
        "both": "西城区总工会主席、北京京华机械有限公司董事长王建国4月2日在大会上讲话。",
    }
    return [
        Page(name, f"pages/{name}.md", f"# 新闻\n\n## 王建国的{number}天\n\n{text}\n", "京华工报", "2025-04-03")
        for number, (name, text) in enumerate(texts.items(), 1)
    ]


def _person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))


def _article(chance: random.Random) -> str:
    district, street = chance.choice(DISTRICTS), chance.choice(STREETS)
    company = f"北京{chance.choice(BRANDS)}{chance.choice(TRADES)}有限公司"
    union = chance.choice([f"{district}总工会", f"{street}总工会", "北京市总工会", f"{company}工会"])
    event = f"“{chance.choice(THEMES)}”{chance.choice(EVENTS)}"
    day = f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
    chair, reporter = _person(chance), _person(chance)
    lines = [
        f"## {union}举办{event}",
        f"**本报讯**（记者 {reporter}）{day}，{union}在{company}举办{event}，百余名职工参加。",
        f"“活动办到了家门口。”{union}主席{chair}说。",
    ]
    if chance.random() < 0.5:
        lines.append(f"活动由{district}总工会主办，{company}承办。下月，{union}还将举办{chance.choice(EVENTS)}。")
    return "\n\n".join(lines)
