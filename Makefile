# Every CI step is one of these targets. Two of them are all a newcomer needs: `make run`, `make test`.
.DEFAULT_GOAL := help
LISTEN ?= 127.0.0.1:8080
DATA ?= geodata

.PHONY: help run test lint rust-test

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: ## build the release binary and serve the shipped data
	cargo build --release --locked
	./target/release/plan-atlas serve --data $(DATA) --listen $(LISTEN)

test: lint rust-test ## everything CI runs

lint: ## formatting and clippy
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings

rust-test: ## Rust tests
	cargo test --locked
