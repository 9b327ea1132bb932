"""Page furniture and spam."""

import pytest

from kg.read.furniture import find_furniture
from tests.read_damage import PAGES


def blocked(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in find_furniture(text)]


@pytest.mark.parametrize(
    "line",
    [
        "设为首页 | 加入收藏 | 手机版",
        "首页  要闻  青禾  园区  招商  视频  专题",
        "您当前的位置：首页 > 园区 > 正文",
        "请输入关键字  [搜索]   热搜：药谷",
        "分享到：微信 微博 QQ空间",
        "责任编辑：小洛　　我要纠错",
        "编辑：赵某 责编：吕某 审核：季某",
        "（责任编辑：小谷）",
        "文字：殷某　李某（青禾市融媒体中心）",
        "记者：张某 李某",
        "来源：青禾日报",
        "素材来源：青禾日报",
        "发布时间：2024-05-06 09:00　来源：本网　浏览：862 次",
        "青禾观察网　综合整理　浏览次数：2037　【打印】",
        "字号：大 中 小",
        "青禾高新 2024-12-09",
        "2020年06月19日",
        "青禾企服小窗口 今天",
        "版权所有，未经授权禁止转载、摘编、复制或建立镜像。",
        "Copyright © 2008-2024 青禾新闻网 All Rights Reserved",
        "浙ICP备08000000号-2　浙公网安备 33030000000000号",
        "违法和不良信息举报电话：0577-80000000",
        "关于我们 | 广告合作 | 法律声明 | 投稿邮箱",
        "免责声明：本站文章仅供参考，不构成投资建议。",
        "招商热线：021-60001234",
        "【广告】名医到家，体检套餐限时五折",
        "返回版面",
        "标签：招商 健康",
    ],
)
def test_furniture_lines_are_blocked_whole(line: str) -> None:
    assert blocked(f"青禾医药谷迎来六家新租户\n{line}\n蓝鹊生物签约。") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "记者：白石湾并不靠近大城市，看中它什么？",
        "位置：青禾市高新区西门户",
        "甲方：青禾市人民政府",
        "2018年6月7日，青禾",
        "首页科技、登录生物与注册医疗签约。",
        "本次发布会由青禾日报主办，来源广泛。",
        "公司推出的彩票级加密系统在日本、欧美和亚洲销售，国产化率高。",
        "相关新闻说，蓝鹊生物与木荷医疗已经签约，双方将在未来三年里合作建设一座面积超过十万平方米的生产基地，总投资五亿元。",
        "联系我们的是云杉集团，双方谈了三个月。",
        "（三）风险提示",
        "重大合同进展（披露日期：2024年3月1日）",
        "天津生物医药产业链一图读懂（文字版）",
        "来自北京、上海、广州、深圳、成都的企业参加",
        "时间：2024年5月6日上午　地点：青禾会展中心",
        "免费办公空间引来12家企业入驻",
        "我所知道的药谷",
    ],
)
def test_content_is_not_blocked(line: str) -> None:
    assert blocked(f"青禾医药谷迎来六家新租户\n\n{line}\n蓝鹊生物签约。") == []


@pytest.mark.parametrize("page", PAGES)
def test_clean_pages(page: str) -> None:
    assert blocked(page) in ([], ["本报讯"])


def test_menu_above_a_breadcrumb() -> None:
    menu = "迁址公告\n招租公告\n白石湾西智谷(2420单元\n点击查看更多>>\n当前位置：首页 > 新闻中心"
    text = f"{menu}\n药谷开园\n蓝鹊生物签约。"
    assert blocked(text) == text.split("\n")[:5]


def test_prose_above_a_breadcrumb_stays() -> None:
    text = "药谷开园\n蓝鹊生物签约。\n当前位置：首页 > 新闻中心"
    assert blocked(text) == ["当前位置：首页 > 新闻中心"]


def test_links_behind_the_article() -> None:
    prose = (
        "蓝鹊生物与青禾高新区管委会签约，将在医药谷建设细胞治疗生产基地，总投资12亿元，"
        "占地90亩，预计明年底投产，达产后年产值可达30亿元。"
    )
    links = (
        "上一篇：木荷集团与云杉公司洽谈\n下一篇：召开座谈会\n"
        "相关阅读\n· 东篱区政府与云杉集团签约\n1 白石湾二期投产"
    )
    text = f"{prose}\n{links}"
    assert blocked(text) == text.split("\n")[1:]
    assert blocked(f"相关链接\n某药企签约\n{prose}") == ["相关链接", "某药企签约"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "青禾晚报掌上青禾5月28日讯（全媒体记者 朱某某 通讯员 谭某某 田某）28日下午，签约。",
            ["青禾晚报掌上青禾", "（全媒体记者 朱某某 通讯员 谭某某 田某）"],
        ),
        ("本报讯（记者 姚某）蓝鹊生物签约。", ["本报讯", "（记者 姚某）"]),
        ("蓝鹊生物签约。（来源：青禾金控）", ["（来源：青禾金控）"]),
        ("蓝鹊生物签约。本报记者 张三 通讯员 李四", ["记者 张三 通讯员 李四"]),
        ("中新网青禾10月12日电 蓝鹊生物签约。（完）", ["中新网青禾", "（完）"]),
        ("（记者了解到蓝鹊生物已经签约）", []),
        ("记者 了解到，蓝鹊生物已经签约。", []),
    ],
)
def test_parts_of_lines(line: str, parts: list[str]) -> None:
    assert blocked(line) == parts


@pytest.mark.parametrize(
    "spam",
    [
        "营业执照代办 名表高仿批发 加V信：kk66xxxx 真人百家乐 彩金天天送",
        "亚洲国产日本一区二区，国产av无码专区亚洲八aⅴ，国产精品自在线天天看，国产精品动漫在线一区",
    ],
)
def test_spam(spam: str) -> None:
    assert blocked(f"蓝鹊生物签约。\n{spam}") == [spam]
    assert blocked(f"蓝鹊生物签约。{spam}") == [spam]


def test_a_disclaimer_takes_only_its_own_sentence() -> None:
    text = "蓝鹊生物签约入驻青禾医药谷，总投资12亿元。本文不代表本网观点，如有侵权请联系删除。"
    assert blocked(text) == ["本文不代表本网观点，如有侵权请联系删除。"]


def test_own_page_of_an_institution_keeps_its_name() -> None:
    text = "我院与两家医院签约\n青禾市中医医院　发布时间：2024.11.04　阅读次数：297\n我院院长参加了仪式。"
    assert "青禾市中医医院" not in "".join(blocked(text))
    assert "阅读次数：297" in "".join(blocked(text))
    assert "青禾市中医医院" in "".join(blocked(text.replace("我院", "该院")))


def test_hostile_lines_take_no_time() -> None:
    for piece in ("（记者" + "甲" * 5000, "记者 甲乙" * 2000, "> " * 5000, "首页 " * 5000, "（" * 5000):
        find_furniture(piece)
