# The two commands that matter are `make run` and `make test`; CONTRIBUTING.md says more.
PYTHON ?= python3
export HYPOTHESIS_PROFILE
BIN := .venv/bin
EXAMPLE := examples/greensleeves.partimento

.PHONY: run test bench pictures pins clean help

run:
	@$(PYTHON) packaging/set_up.py run
	$(BIN)/partimento render $(EXAMPLE) --out out --copy
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(BIN)/partimento open out/$(notdir $(EXAMPLE)); \
	fi

test:
	@$(PYTHON) packaging/set_up.py tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest

bench:
	@$(PYTHON) packaging/set_up.py tests
	$(BIN)/python -m tests.benchmarks $(ONLY)

pictures:
	@$(PYTHON) packaging/set_up.py tests
	$(BIN)/python docs/take_pictures.py

pins:
	$(PYTHON) -m venv --clear build/pins
	build/pins/bin/pip install --quiet --editable ".[dev]"
	(sed '/^[^#]/,$$d' packaging/constraints.txt; \
	 build/pins/bin/pip freeze --exclude-editable | sed 's/+cpu$$//') > build/constraints.txt
	mv build/constraints.txt packaging/constraints.txt

clean:
	rm -rf .venv out build dist bench.json *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:
	@echo "make run          set up what is missing, render the example song into out/, open it"
	@echo "make test         set up what is missing, run every check"
	@echo "make bench        print the benchmark table, write bench.json (ONLY=word: fewer rows)"
	@echo "make pictures     take the pictures of the window again, into docs/pictures/"
	@echo "make pins         take the newest versions that pyproject.toml allows as the pinned ones"
	@echo "make clean        delete everything that these commands made"
