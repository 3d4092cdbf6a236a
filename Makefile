.PHONY: demo test check bench fmt lock clean

PYTHON := .venv/bin/python
export PYTHONDONTWRITEBYTECODE :=

demo:
	@.ci/setup base
	@exec $(PYTHON) manage.py demo $(if $(RESET),--reset)

test:
	@.ci/setup dev
	@$(PYTHON) -m compileall -q -j 0 accounts donations ksbb programs regions
	@$(PYTHON) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check:
	@.ci/setup dev
	@.ci/check

bench:
	@.ci/setup dev
	@$(PYTHON) manage.py bench $(if $(ONLY),--only $(ONLY))

fmt:
	@.ci/setup dev
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2
	@git ls-files 'templates/*.html' | xargs .venv/bin/djhtml --tabwidth 2

# Needs uv. Pins every package for Python 3.11 and later on Linux and macOS, with the hashes of its files.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate pyproject.toml -o requirements/base.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --group install -o requirements/install.txt

clean:
	@if [ -x $(PYTHON) ]; then $(PYTHON) manage.py services remove; fi
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
