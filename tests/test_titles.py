"""Posts of persons, read from the words around their names."""

from __future__ import annotations

import pytest

from kg.extract.titles import of_body, title_between, title_in


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("董事长", "董事长"),
        ("党委书记、局长", "党委书记、局长"),
        ("创始人兼首席执行官", "创始人兼首席执行官"),
        ("的副总经理 ", "副总经理"),
        ("企业发展科科长", "企业发展科科长"),
        ("签约。总裁", "总裁"),
        ("参观考察", None),
        ("副主任", "副主任"),
        ("公司董事长", "董事长"),
        ("另有总经理", "总经理"),
        ("", None),
    ],
)
def test_a_title_ends_with_a_post(text: str, title: str | None) -> None:
    assert title_in(text) == title


def between(text: str, organisation: str, person: str, *others: str) -> str | None:
    def span(name: str) -> tuple[int, int]:
        at = text.index(name)
        return at, at + len(name)

    return title_between(
        text, span(organisation), span(person), stops=sorted(span(other) for other in others)
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲药业董事长张三出席", "董事长"),
        ("甲药业党委书记、董事长张三出席", "党委书记、董事长"),
        ("甲药业企业发展科科长张三出席", "企业发展科科长"),
        ("甲药业的创始人兼首席执行官张三出席", "创始人兼首席执行官"),
        ("出席，董事长张三（甲药业）", "董事长"),
        ("张三（甲药业总经理）出席", "总经理"),
        ("甲药业（下称甲）副主任张三", "副主任"),
        ("张三，甲药业总经理，介绍了项目", "总经理"),
        ("张三任甲药业总经理。", "总经理"),
        ("甲药业昨天签约。张三说。", None),
        ("甲药业化学与环境工程学院院长张三出席", "化学与环境工程学院院长"),
        ("甲药业签约。张三代表一行前来", None),
        ("甲药业临床与注册部部长张三出席", "临床与注册部部长"),
        ("甲药业率团与总经理张三出席", "总经理"),
    ],
)
def test_the_post_of_a_person_at_an_organisation(text: str, title: str | None) -> None:
    assert between(text, "甲药业", "张三") == title


def test_the_next_name_ends_the_post() -> None:
    text = "甲药业董事长李四、总经理张三出席"
    assert between(text, "甲药业", "李四", "张三") == "董事长"


def test_posts_of_others_are_not_taken() -> None:
    assert between("甲药业与乙园区主任李四会面，张三在场。", "甲药业", "张三", "乙园区", "李四") is None


@pytest.mark.parametrize(
    ("title", "body", "is_place", "own"),
    [
        ("副书记、市长", "青禾市", True, "市长"),
        ("副书记、市长", "青禾市人民政府", False, "市长"),
        ("副书记、市长", "青禾市委", False, "副书记"),
        ("党工委副书记、管委会主任", "青禾高新区管委会", False, "管委会主任"),
        ("党委书记、主任", "青禾市卫健委", False, "党委书记、主任"),
        ("党委书记、董事长", "青禾药业", False, "党委书记、董事长"),
        ("区委书记", "青禾区", True, "区委书记"),
        ("董事长、总经理", "青禾药业", False, "董事长、总经理"),
    ],
)
def test_posts_named_in_one_breath_go_to_their_bodies(
    title: str, body: str, is_place: bool, own: str
) -> None:
    assert of_body(title, body, is_place=is_place) == own
