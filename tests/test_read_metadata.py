"""Title, publisher and date of publication."""

import pytest

from kg.read.metadata import find_published, find_publisher, find_title, normalise_date

STORY = "\n\n　　5月5日，青禾市医药谷举行签约仪式，蓝鹊生物、木荷医疗签约，2023年园区产值12亿元。\n"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024.5.6  青禾观察", "2024-05-06"),
        ("2024年5月6日", "2024-05-06"),
        ("青禾高新 2024-05-06 08:30", "2024-05-06"),
        ("2024-05-06　来源：青禾日报", "2024-05-06"),
        ("来源：青禾日报   发布时间：2024-05-06   浏览：886次", "2024-05-06"),
        ("日期：2024-05-06  栏目：动态  浏览：562", "2024-05-06"),
        ("2011年9月", "2011-09"),
        ("时间：11-18 09:26   来源：青禾网", "--11-18"),
        ("12-30 09:12　来源：本网综合", "--12-30"),
        ("本报青禾5月6日讯", "--05-06"),
        ("5月6日电", "--05-06"),
        ("2024年5月6日电", "2024-05-06"),
        ("2018年6月7日，青禾", None),
        ("时间：2024年5月6日上午　地点：青禾会展中心", None),
        ("活动时间：2024-05-06", None),
        ("发布时间：2024年5月6日", "2024-05-06"),
        ("2024-13-45", None),
        ("2024年2月30日", None),
        ("产值2024年翻番", None),
        ("关于2024-05-06号公告，有三个问题", None),
    ],
)
def test_dates_under_the_title(head: str, date: str | None) -> None:
    assert find_published(f"青禾医药谷迎来六家新租户\n{head}{STORY}") == date


@pytest.mark.parametrize(
    ("story", "date"),
    [
        ("青禾5月6日电　5日，蓝鹊生物签约。", "--05-06"),
        ("青禾晚报掌上青禾5月6日讯(记者 张三)蓝鹊生物签约。", "--05-06"),
        ("央广网青禾2024年5月6日消息　蓝鹊生物签约。", "2024-05-06"),
        ("本报5月6日讯 昨日，2024年第二批项目集中开工活动举行。去年产值5亿元。", "2024-05-06"),
        ("本报5月6日讯 5月5日，蓝鹊生物签约。2023年产值5亿元。", "--05-06"),
        ("本报5月28日讯 28日，蓝鹊生物签约。2024年增长11.5%，2025年前4月新增7个项目。", "2025-05-28"),
        ("本报1月28日讯 28日，蓝鹊生物签约。2025年前11月新增7个项目。", "--01-28"),
        ("（青禾 2024年5月6日）昨天，蓝鹊生物签约。", "2024-05-06"),
        ("本报讯（2024年5月6日） 5月5日，蓝鹊生物签约。", "2024-05-06"),
        ("2024年5月6日，青禾——蓝鹊生物今天宣布签约。", "2024-05-06"),
        ("汉讯 6月11日 第十五届大会6月10日开幕。", "--06-11"),
        ("2024年5月，记者在青禾见到了易青。", "2024-05"),
        ("5月5日上午，蓝鹊生物签约。", None),
        ("2024年5月6日，蓝鹊生物举办大赛。", None),
        ("本报讯 4月26日，蓝鹊生物签约。", None),
        ("据5月6日报道显示，蓝鹊生物签约。", None),
        ("数据截至2023年5月6日。", None),
    ],
)
def test_dates_in_the_story(story: str, date: str | None) -> None:
    assert find_published(f"青禾医药谷迎来六家新租户\n\n　　{story}\n\n　　园区2019年开建。\n") == date


def test_date_at_the_bottom_and_in_the_lead() -> None:
    assert find_published(f"标题在此{STORY}\n（2020-12-17 生活版）\n") == "2020-12-17"
    assert (
        find_published(f"标题在此{STORY}", lead="登录 | 注册\n2017-08-17 09:12 来源：青禾网 评论(0)")
        == "2017-08-17"
    )


def test_date_without_a_year_yields_to_one_with() -> None:
    assert find_published(f"标题在此\n12-30 09:12\n2021-12-31{STORY}") == "2021-12-31"


def test_normalise_date() -> None:
    assert normalise_date("2024-11-15T09:26:00+08:00") == "2024-11-15"
    assert normalise_date("2024/1/5 10:00") == "2024-01-05"
    assert normalise_date("yesterday") is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"青禾医药谷迎来六家新租户{STORY}", "青禾医药谷迎来六家新租户"),
        (f"2022-07-06\n\n青禾药业引入战略投资者{STORY}", "青禾药业引入战略投资者"),
        (
            f"证券代码：600000　公告编号：2017-021\n云杉股份有限公司\n关于签署意向协议的公告{STORY}",
            "云杉股份有限公司关于签署意向协议的公告",
        ),
        (f"云杉股份有限公司\n2021-12-17{STORY}", "云杉股份有限公司"),
        ("　　青禾5月6日电　蓝鹊生物签约，总投资12亿元，双方表示满意。", None),
        ("", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    from kg.read.furniture import find_furniture

    assert find_title(text, find_furniture(text)) == title


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("2019-11-05　来源：青禾日报", "青禾日报"),
        ("来源：本网综合", None),
        ("信息来源：青禾年鉴（2022）", "青禾年鉴"),
        ("青禾观察 2024-12-27 08:30", "青禾观察"),
        ("2025-12-17 原创 校地合作", "校地合作"),
        ("　　青禾晚报掌上青禾5月28日讯 蓝鹊生物签约。", "青禾晚报"),
        ("　　中新网青禾10月12日电 蓝鹊生物签约。", "中新网"),
        ("2024-05-06", None),
    ],
)
def test_publisher(head: str, publisher: str | None) -> None:
    assert find_publisher(f"青禾医药谷迎来六家新租户\n{head}{STORY}") == publisher
