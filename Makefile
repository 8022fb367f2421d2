# Every CI step is one of these targets. A newcomer needs two: `make run` and `make test`.
.DEFAULT_GOAL := help

LISTEN ?= 127.0.0.1:8080
DATA ?= geodata
# nextest runs Rust tests in parallel processes; plain cargo does as well.
RUST_TEST := $(shell cargo nextest --version >/dev/null 2>&1 && echo nextest run || echo test)
WEB := npm --prefix web

.PHONY: help run web test lint rust-test web-test e2e data-test deny bench size api screenshots clean

help: ## list these targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: web ## build the web UI and the release binary, then serve DATA at LISTEN
	cargo build --release --locked
	./target/release/plan-atlas serve --data $(DATA) --listen $(LISTEN)

web/node_modules: web/package-lock.json
	$(WEB) ci
	@touch $@

web: web/node_modules ## build the web UI into web/dist
	$(WEB) run build

test: lint deny rust-test web-test e2e data-test ## everything CI runs

lint: ## formatting and clippy
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings

rust-test: ## Rust tests
	cargo $(RUST_TEST) --locked

web-test: web/node_modules ## web type check and unit tests
	$(WEB) run check-types
	$(WEB) test

e2e: web ## browser tests in Chromium (CHROMIUM, else the system's, else Playwright's own)
	cargo build --locked
	$(WEB) run e2e

data-test: ## the shipped data: our own check, and Frictionless where it is installed
	cargo run --locked --quiet -- check geodata
	@if command -v frictionless >/dev/null; then \
	  for plan in yunyang fengjie; do frictionless validate geodata/$$plan/datapackage.json || exit 1; done; \
	else echo "frictionless is not installed (pip install frictionless); tables were checked by plan-atlas only"; fi

deny: ## licences and sources of every crate, where cargo-deny is installed
	@if cargo deny --version >/dev/null 2>&1; then cargo deny --locked check --hide-inclusion-graph bans licenses sources; \
	else echo "cargo-deny is not installed (cargo install cargo-deny); licences were not checked"; fi

bench: ## benchmarks: medians and ratios in one run
	cargo bench --bench engine --locked

size: web ## size of the release binary and of the page
	cargo build --release --locked
	@ls -l target/release/plan-atlas | awk '{printf "binary %.1f MB\n", $$5 / 1e6}'
	@$(WEB) run --silent size

api: ## renew the OpenAPI document kept for the web UI, and the types generated from it
	cargo run --locked --quiet -- openapi > web/src/api/openapi.json
	$(WEB) run types

screenshots: e2e ## renew docs/screenshots from the browser tests
	@ls docs/screenshots

clean: ## remove everything built
	cargo clean
	rm -rf web/dist web/node_modules
