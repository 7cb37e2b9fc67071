# make demo | check | test | docs | notebooks | matrix | variants | bench | class-bench | judge-study | chaos | fuzz | mutants | lab | shots | front-end: each sets up what it needs in .venv first.

VENV := .venv
PY := $(VENV)/bin/python
CHROMIUM := /usr/bin/chromium
PROXY := $(VENV)/proxy/node_modules/.bin/configurable-http-proxy
# What is imported is compiled then, which is a small part of what is installed.
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-compile --editable

# Compiled modules are kept: each of the tests' many processes would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

# An environment that could not be made whole is made anew.
.DELETE_ON_ERROR:

.PHONY: demo lab notebooks check test docs matrix variants bench class-bench judge-study chaos fuzz mutants shots picture wheel front-end compiled chromium postgresql pandoc proxy debian clean

demo: $(VENV)/.lab
	$(PY) notebooks/make_demo.py demo

lab: $(VENV)/.lessons
	mkdir -p demo
	test -f demo/try_it.ipynb || cp notebooks/01_first_take.ipynb demo/try_it.ipynb
	for one in notebooks/0*.ipynb; do test -f demo/$$(basename $$one) || cp $$one demo/; done
	$(VENV)/bin/jupyter lab demo/try_it.ipynb

# The lessons anew: their cells are texts in notebooks/lessons, their outputs the code's of now.
notebooks: $(VENV)/.lessons
	$(PY) notebooks/make_notebooks.py

# The quick loop: style, types and the pure tests; the front end where its tools are set up.
check: $(VENV)/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	if [ -d node_modules ]; then npm run --silent check; fi
	$(PY) -m pytest --numprocesses 2 tests/core tests/project/test_imports.py \
	  tests/project/test_front_end.py tests/project/test_readme.py tests/project/test_design.py

# Packages and browser come at once, after the environment that both need; what the processes
# would each compile is compiled before. Four processes on two cores: many tests wait for a kernel.
test: | $(PY)
	$(MAKE) --no-print-directory --jobs=2 compiled debian
	$(PY) -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

compiled: $(VENV)/.test
	-@$(PY) -m pytest --collect-only -qq >/dev/null 2>&1

# Hosts and versions: what the tests leave to it, then the first lesson in an environment each.
matrix: $(VENV)/.matrix chromium
	$(MAKE) --no-print-directory pandoc proxy
	$(PY) -m pytest -m matrix
	$(PY) -m tests.matrix

# The variants of slow tests that every run leaves out; tests/variants.py says which.
variants: $(VENV)/.test chromium
	$(PY) -m pytest -m variant --numprocesses 4 --dist loadfile

bench: $(VENV)/.test
	$(MAKE) --no-print-directory $(VENV)/.docs
	$(PY) -m tests.bench

# A class of 201 on three replicas that are killed, over a store that is restarted; minutes.
class-bench: $(VENV)/.test postgresql
	$(PY) -m tests.gateway.bench

judge-study: $(VENV)/.test
	OMP_NUM_THREADS=1 $(PY) -m tests.judge_study

# Kernels, keepers and servers are killed; then pages are loaded anew and more, which takes longer.
chaos: $(VENV)/.test chromium
	$(PY) -m tests.chaos --runs 200 --seed 1 --write
	$(PY) -m tests.chaos.pages --runs 100 --rtc 20 --killed 20 --crashed 20 --parted 25 --seed 1 --write

fuzz: $(VENV)/.test
	$(PY) -m tests.fuzz --minutes 10 --seed 1

# Works on a copy: each change of the table must turn a test red.
mutants: $(VENV)/.test chromium
	$(PY) -m tests.mutants

picture: $(VENV)/.test chromium
	$(PY) -m tests.lab.picture docs/pictures

shots: $(VENV)/.test chromium
	$(PY) -m tests.views.shots tests/shots/card
	$(PY) -m tests.views.grid_shots tests/shots/grid
	$(PY) -m tests.views.compare_shots tests/shots/comparison
	$(PY) -m tests.views.judge_shots tests/shots/judge
	$(PY) -m tests.views.panel.composer_shots tests/shots/composer
	$(PY) -m tests.views.panel.gallery_shots tests/shots/gallery
	$(PY) -m tests.views.panel.lab_shots tests/shots/panel

# What is released, in dist.
wheel: $(VENV)/.test
	$(PY) -m pip wheel --quiet --no-deps --wheel-dir dist .

# The site of docs/ and the lessons, in build/docs; its links are checked.
docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build

# For those who change a view: types, lint, then the bundles, which are committed. Needs Node 20.
front-end: node_modules/.package-lock.json
	npm run check
	npm run build

node_modules/.package-lock.json: package-lock.json
	npm ci

$(VENV)/.lab: pyproject.toml | $(PY)
	$(INSTALL) '.[lab]'
	touch $@

$(VENV)/.lessons: pyproject.toml | $(PY)
	$(INSTALL) '.[lab,frames,measures]'
	touch $@

$(VENV)/.test: pyproject.toml | $(PY)
	$(INSTALL) '.[test]'
	touch $@

$(VENV)/.matrix: pyproject.toml | $(PY)
	$(INSTALL) '.[matrix]'
	touch $@

$(VENV)/.docs: pyproject.toml | $(PY)
	$(INSTALL) '.[docs]'
	touch $@

$(PY):
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq python3-venv; \
	  else echo "Please install Debian's package python3-venv first."; exit 1; fi; }
	python3 -m venv $(VENV)

# Playwright's own Node needs libatomic, which a machine without compilers lacks.
chromium: | $(PY)
	@test -x $(CHROMIUM) && $(PY) -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium libatomic1; \
	  else echo "The browser tests need Debian's packages chromium and libatomic1: please install them."; exit 1; fi; }

# The server's programs alone: the tests make a cluster of their own, and no service has to run.
postgresql: | $(PY)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; \
	  else echo "The gateway's tests need Debian's package postgresql: please install it."; exit 1; fi; }

pandoc: | $(PY)
	@command -v pandoc >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq pandoc; \
	  else echo "Without Debian's package pandoc the matrix leaves LaTeX out."; fi; }

# A JupyterHub's own proxy, for the tests that run one.
proxy: | $(PY)
	@test -x $(PROXY) || { \
	  command -v npm >/dev/null || { \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq npm; \
	    else echo "A real JupyterHub needs Debian's package npm: please install it."; exit 1; fi; }; \
	  npm install --silent --no-audit --no-fund --prefix $(VENV)/proxy configurable-http-proxy@5; }

# One after the other: apt-get has one lock.
debian:
	$(MAKE) --no-print-directory chromium
	$(MAKE) --no-print-directory postgresql

clean:
	rm -rf $(VENV) build dist
