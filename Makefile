# Every target makes what it needs: the virtual environment is built once and reused.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := demo

.DEFAULT_GOAL := help
.PHONY: help demo test lint score bench bench-store bench-resolve bench-incremental bench-page notebooks clean

help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 19

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev,notebook]'
	@touch $@

demo: $(VENV)/installed  ## Build the graph of the sample pages; show who signs with whom and the page
	$(BIN)/kg build data/samples/pages --store $(DEMO)/store
	$(BIN)/kg query who-signs-with-whom --store $(DEMO)/store
	$(BIN)/kg query evidence entity=雨花经开区 --store $(DEMO)/store
	$(BIN)/kg view --store $(DEMO)/store --out $(DEMO)/graph.html
	@echo "Open $(DEMO)/graph.html in a browser."

test: $(VENV)/installed  ## Run all tests (those that need Chromium or the annotated corpus skip without it)
	$(BIN)/python -m pytest

lint: $(VENV)/installed  ## Run ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/mypy

score: $(VENV)/installed  ## Score the extractor on the samples and, where it is there, on ../shared
	$(BIN)/kg evaluate data/samples/gold data/samples/pages | head -6
	@for split in seeds dev train; do \
	  if [ -d ../shared/gold/$$split ]; then echo "== $$split"; \
	    $(BIN)/kg evaluate ../shared/gold/$$split ../shared/corpus/$$split; fi; done

bench:  ## Run all benchmarks, one after another (long; best on a machine that does nothing else)
	$(MAKE) bench-store
	$(MAKE) bench-resolve
	$(MAKE) bench-incremental
	$(MAKE) bench-page

bench-store: $(VENV)/installed  ## Time loading and every named query against pyoxigraph (minutes; bounds 0.8 and 1.3)
	$(BIN)/python tools/bench_store.py

bench-resolve: $(VENV)/installed  ## Time resolution over 100,000 and 200,000 synthetic mentions
	$(BIN)/python tools/bench_resolve.py

bench-incremental: $(VENV)/installed  ## Time one page more, one less, none, at 10,000 synthetic pages (minutes)
	$(BIN)/python tools/bench_incremental.py

bench-page: $(VENV)/installed  ## Time the graph page in Chromium beside plain pyvis: 300, 2,000 and 20,000 nodes (minutes)
	$(BIN)/python -m tests.page_benchmark

notebooks: demo  ## Run the notebooks on the demo store and keep their outputs
	cd notebooks && ../$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
	  --ExecutePreprocessor.record_timing=False *.ipynb

clean:  ## Remove what demo and test made
	rm -rf $(DEMO) test-artefacts build dist .pytest_cache .mypy_cache .ruff_cache
