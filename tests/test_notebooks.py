"""The notebooks run from beginning to end, on the sample store and on names that mean harm."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from matplotlib import font_manager
from nbclient import NotebookClient

from kg import resources
from kg.errors import StoreError
from kg.graph import open_store
from kg.notebook import CHINESE_FONTS, plain_plots, store_path
from tests.browser import ARTEFACTS
from tests.graph_samples import annotated, build
from tests.kg_server import HOSTILE as HOSTILE_NAMES
from tests.kg_server import build_hostile
from tests.sample_store import build_sample_store

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NAMES = ["who_signs_with_whom", "regions_compared", "one_park_dossier"]

#: Names with markup, formulas and marks, in the roles that the notebooks show.
HOSTILE = """
=== hostile
published: 2025-01-02
--- text
2025年1月1日，<script>药谷</script>与$\\\\frac医疗$公司签订入驻协议。江城市的“&甲;药业”拟入驻<script>药谷</script>。
<script>药谷</script>位于江城市，占地90亩。
--- facts
E Park <script>药谷</script>
E Firm $\\\\frac医疗$公司
E Firm “&甲;药业”
E Place 江城市
A settlement signed 2025-01-01 : <script>药谷</script> + $\\\\frac医疗$公司
R plansToSettleIn “&甲;药业” -> <script>药谷</script>
R locatedIn <script>药谷</script> -> 江城市
Q <script>药谷</script> landArea 60000 m2
"""


def test_a_font_installed_since_matplotlib_looked_is_found(monkeypatch):
    found = plain_plots()
    if found is None:
        pytest.skip("no font with Chinese characters is installed")
    manager = font_manager.FontManager()
    files = {font.fname for font in manager.ttflist if font.name in CHINESE_FONTS}
    manager.ttflist = [font for font in manager.ttflist if font.fname not in files]
    monkeypatch.setattr(font_manager, "fontManager", manager)
    assert plain_plots() == found


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return build_sample_store(tmp_path_factory.mktemp("samples") / "store")


def run(name, store, monkeypatch):
    """The notebook with fresh outputs; an error in a cell fails the test."""
    monkeypatch.setenv("KG_STORE", str(store))
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(resources.root()), os.environ.get("PYTHONPATH", "")])
    )
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return notebook


def outputs(notebook, kind):
    """Outputs of one media type, or the printed text."""
    found = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    if kind == "text":
        return [output.text for output in found if output.output_type == "stream" and output.name == "stdout"]
    return [output.data[kind] for output in found if kind in output.get("data", {})]


def warnings(notebook):
    """What the cells wrote on standard error."""
    found = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.text for output in found if output.output_type == "stream" and output.name == "stderr"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "plots", "words"),
    [
        ("who_signs_with_whom", 5, ["34 个签约方，25 份", "武侯区", "重药控股湖南博瑞药业有限公司"]),
        ("regions_compared", 5, ["成都市", "所在地区未说明"]),
        ("one_park_dossier", 2, ["雨花经济技术开发区（园区，长沙市）", "湖南乾康科技有限公司"]),
    ],
)
def test_a_notebook_runs_on_the_sample_store(name, plots, words, sample, monkeypatch):
    notebook = run(name, sample, monkeypatch)
    assert len(outputs(notebook, "image/png")) == plots
    text = "".join(outputs(notebook, "text") + outputs(notebook, "text/html"))
    assert not [word for word in words if word not in text]
    if plain_plots():
        assert not warnings(notebook)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_shown_as_text(name, tmp_path, monkeypatch):
    with open_store(tmp_path / "store", create=True) as store:
        build(store, annotated(HOSTILE))
    notebook = run(name, tmp_path / "store", monkeypatch)
    tables = "".join(outputs(notebook, "text/html"))
    assert "<script" not in tables
    if name != "regions_compared":  # which names parks in plots only
        assert "&lt;script&gt;药谷" in tables or "<script>药谷" in "".join(outputs(notebook, "text"))


@pytest.mark.slow
@pytest.mark.browser
def test_hostile_names_are_text_in_the_browser(chromium, tmp_path, monkeypatch):
    exporters = pytest.importorskip("nbconvert.exporters", reason="nbconvert is not installed")
    notebook = run("who_signs_with_whom", build_hostile(tmp_path / "store"), monkeypatch)
    page, _ = exporters.HTMLExporter(embed_images=True).from_notebook_node(notebook)
    (tmp_path / "page.html").write_text(page, "utf-8")
    window = chromium.new_page()
    dialogs = []
    window.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    # The exporter's own page asks for MathJax; what is tested is the names in it.
    window.route("http**://**", lambda route: route.abort())
    window.goto((tmp_path / "page.html").as_uri())
    cells = window.locator("table td").all_text_contents()
    window.screenshot(path=ARTEFACTS / "notebook-hostile.png")
    wanted = {HOSTILE_NAMES[number].strip() for number in (0, 1, 3)}
    assert wanted <= {cell.strip() for cell in cells}
    assert window.locator("table img").count() == 0
    assert dialogs == []
    window.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_on_an_empty_store(name, tmp_path, monkeypatch):
    with open_store(tmp_path / "store", create=True) as store:
        build(
            store,
            annotated(
                "=== nothing\n--- text\n今日无事。\n--- facts\nE Place 江城市\n".replace("今日", "江城市今日")
            ),
        )
    run(name, tmp_path / "store", monkeypatch)


@pytest.mark.parametrize("name", NAMES)
def test_a_committed_notebook_names_no_machine_and_stays_small(name):
    text = (FOLDER / f"{name}.ipynb").read_text("utf-8")
    assert len(text) < 1_000_000
    assert not re.search(r"/(work|root|home|tmp)/", text)
    assert "Traceback" not in text


def test_the_store_is_the_variable_or_the_default(tmp_path, monkeypatch):
    monkeypatch.delenv("KG_STORE", raising=False)
    assert store_path(tmp_path) == str(tmp_path)
    with pytest.raises(StoreError, match="make demo"):
        store_path(tmp_path / "missing")
    monkeypatch.setenv("KG_STORE", "elsewhere")
    assert store_path(tmp_path) == "elsewhere"
