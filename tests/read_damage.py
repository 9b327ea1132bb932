"""Own sample pages and the damage of scraped pages, for the tests of reading."""

from __future__ import annotations

import random
from pathlib import Path

import opencc

from kg.read.readings import is_reading_of

#: Clean pages written for the tests; every shape of name that the damage can hit.
PAGES = (
    "青禾医药谷迎来六家新租户\n\n"
    "　　3月14日，青禾市医药谷举行签约仪式。蓝鹊生物、木荷医疗分别与青禾高新区管委会签订入驻协议，"
    "总投资12亿元。管委会主任孟晓白表示，园区占地90亩，建筑面积10.5万平方米，将为企业提供全程服务。\n\n"
    "　　“我们看好这里的产业基础。”蓝鹊生物董事长易青说，公司专注肿瘤早筛，其试剂盒已经获批上市。据了解，"
    "湖南省国际医学交流促进会、苏州大学附属医院等单位的代表参加活动。这是今年以来的第三次集中签约。\n",
    "东篱区与云杉集团共建康养基地\n\n"
    "　　本报讯　日前，东篱区政府与云杉健康产业集团有限公司（以下简称“云杉集团”）签署战略合作协议，"
    "双方将在医养结合、智慧养老等领域开展合作。项目总建筑面积约28万平方米，分两期建设；一期计划明年开工。\n\n"
    "　　乾元资本合伙人钟干表示，资本、人才和技术缺一不可。"
    "双方还将设立规模5亿元的产业基金，投向医疗器械和生物医药企业。"
    "目前，区内集聚了130余家健康企业，去年产值同比增长11.5%。\n",
    "三问白石湾：药谷从哪里来\n\n"
    "　　白石湾原来是一片盐田。2019年，市里决定在此建设生物医药产业园，当年就有七家企业落户。"
    "园区运营方是白石湾科技发展有限公司，总经理宁远征介绍，园内已有认识科技、一脉阳光等企业。\n\n"
    "　　为什么选在这里？答案是港口。从仓库到码头只要十分钟，冷链运输的成本因此下降三成。"
    "下一步，园区还要建设动物实验中心，"
    "并与海东医科大学合作培养人才。\n",
)
READINGS_OF = {
    "漢": "hàn",
    "藥": "yào",
    "醫": "yī",
    "報": "bào",
    "業": "yè",
    "產": "chǎn",
    "區": "qū",
    "資": "zī",
    "與": "yǔ",
    "團": "tuán",
    "員": "yuán",
    "綠": "lǜ",
    "長": "zhǎng",
    "東": "dōng",
    "設": "shè",
}


def traditional(text: str, *, variant: str = "s2t") -> str:
    """Simplified to traditional, one for one; ``s2tw`` has the forms that Big5 knows."""
    converted: str = opencc.OpenCC(variant).convert(text)
    return converted


def inject(text: str, *, seed: int, readings: float = 0.6, commas: float = 0.7) -> str:
    """Traditional text with readings behind characters and ASCII commas before full-width marks."""
    rng = random.Random(seed)  # noqa: S311
    out = []
    for char in traditional(text):
        if char in "。，、；：" and rng.random() < commas:
            out.append(",")
        out.append(char)
        reading = READINGS_OF.get(char)
        if reading and is_reading_of(char, reading) and rng.random() < readings:
            out.append(f"({reading})")
    return "".join(out)


def shift(text: str, *, seed: int, share: float) -> str:
    """Lose the lead byte of full stops and decode what is left as GBK, leaving out what means nothing."""
    rng = random.Random(seed)  # noqa: S311
    raw = bytearray()
    for char in text:
        encoded = char.encode("gb18030")
        raw += b"?" + encoded[1:] if char == "。" and rng.random() < share else encoded
    return raw.decode("gbk", "ignore")


def shared_corpus() -> Path | None:
    """The annotated corpus beside the checkout, if it is there."""
    for parent in Path(__file__).resolve().parents:
        folder = parent.parent / "shared" / "corpus"
        if folder.is_dir():
            return folder
    return None
