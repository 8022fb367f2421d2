# Every CI step is one of these targets. A newcomer needs two: `make run` and `make test`.
.DEFAULT_GOAL := help

LISTEN ?= 127.0.0.1:8080
DATA ?= geodata
# nextest runs Rust tests in parallel processes; plain cargo does as well.
RUST_TEST := $(shell cargo nextest --version >/dev/null 2>&1 && echo nextest run || echo test)
WEB := npm --prefix web
E2E := npm --prefix tests/e2e

.PHONY: help run painter engine bundle-page release reproducible sbom audit web test lint rust-test painter-test web-test e2e data-test deny bench faults load frames size api goldens screenshots fuzz clean

help: ## list these targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: web ## build the web UI and the release binary, then serve DATA at LISTEN
	cargo build --release --locked
	./target/release/plan-atlas serve --data $(DATA) --listen $(LISTEN) --open

painter: ## build the painter of dense pictures beside the server; needs protoc, and Vulkan to run
	cargo build --release --locked -p plan-atlas-painter

engine: ## build what answers in a page without a server; needs rustup target add wasm32-unknown-unknown
	cargo build --profile page --locked -p plan-atlas-engine --target wasm32-unknown-unknown

bundle-page: engine web/node_modules ## build the page that `plan-atlas bundle` writes, with its engine; then build the program
	$(WEB) run offline
	@touch src/bundle/page.rs

# No path of this machine stays in it. Static, so that it runs on any Linux.
TRIPLE := x86_64-unknown-linux-gnu
CARGO_HOME ?= $(HOME)/.cargo
REMAP := --remap-path-prefix=$(CURDIR)=plan-atlas --remap-path-prefix=$(CARGO_HOME)=cargo
# Random numbers come from the kernel itself: a static program finds no other way where there is no /dev.
STATIC := -C target-feature=+crt-static --cfg getrandom_backend="linux_getrandom"
DIST := target/dist
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)

release: ## one static binary for Linux, its checksum and lists of what is in it, in target/dist
	RUSTFLAGS="$(REMAP)" $(MAKE) web bundle-page
	RUSTFLAGS='$(REMAP) $(STATIC)' \
	CFLAGS="-ffile-prefix-map=$(CURDIR)=plan-atlas -ffile-prefix-map=$(CARGO_HOME)=cargo" \
	  cargo build --release --locked --target $(TRIPLE)
	@mkdir -p $(DIST)
	cp target/$(TRIPLE)/release/plan-atlas $(DIST)/plan-atlas-$(VERSION)-$(TRIPLE)
	@cd $(DIST) && sha256sum plan-atlas-$(VERSION)-$(TRIPLE) | tee SHA256SUMS
	@$(MAKE) --no-print-directory sbom

sbom: web/node_modules ## what the program and the page are made of, as CycloneDX in target/dist; needs cargo-cyclonedx
	@mkdir -p $(DIST)
	@if cargo cyclonedx --version >/dev/null 2>&1; then \
	  cargo cyclonedx --quiet --format json --spec-version 1.5 --override-filename plan-atlas.cdx && \
	  sed 's#file://$(CURDIR)#file:///plan-atlas#g' plan-atlas.cdx.json > $(DIST)/plan-atlas.cdx.json && \
	  rm -f plan-atlas.cdx.json engine/plan-atlas.cdx.json painter/plan-atlas.cdx.json; \
	else echo "cargo-cyclonedx is not installed (cargo install cargo-cyclonedx); the crates were not listed"; fi
	@$(WEB) sbom --omit dev --sbom-format cyclonedx --sbom-type application | sed 's#git@github.com:#https://github.com/#' > $(DIST)/plan-atlas-web.cdx.json
	@ls $(DIST)

reproducible: ## build the release of the last commit twice, in folders of different names, and compare
	deploy/reproducible

web/node_modules: web/package-lock.json
	$(WEB) ci
	@touch $@

web: web/node_modules ## build the web UI into web/dist, and the fonts of map pictures into web/fonts
	$(WEB) run build

web/fonts/regular.ttf: web/scripts/fonts.mjs | web/node_modules
	$(WEB) run fonts

test: lint deny audit web-test rust-test painter-test data-test ## everything CI runs

lint: ## formatting and clippy
	cargo fmt --all --check
	cargo clippy --all-targets --locked -- -D warnings
	cargo clippy --lib --no-default-features --locked -- -D warnings

rust-test: web/fonts/regular.ttf ## Rust tests
	cargo $(RUST_TEST) --locked

painter-test: web/fonts/regular.ttf ## the painter, where protoc is installed to build it
	@if command -v protoc >/dev/null; then \
	  cargo clippy --locked -p plan-atlas-painter -- -D warnings && \
	  cargo build --locked -p plan-atlas-painter && \
	  cargo test --locked --test painter -- --ignored --nocapture --test-threads 1; \
	else echo "protoc is not installed (protobuf-compiler); the painter was not built"; fi

web-test: web/node_modules ## web type check and unit tests
	$(WEB) run check-types
	$(WEB) test

tests/e2e/node_modules: tests/e2e/package-lock.json
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 $(E2E) ci
	@touch $@

e2e: web bundle-page tests/e2e/node_modules ## browser tests, before a change of what is seen (CHROMIUM, else the system's, else Playwright's own)
	cargo build --locked
	$(E2E) run typecheck
	$(E2E) test

data-test: ## the shipped data: our own check, and Frictionless where it is installed
	cargo run --locked --quiet -- check geodata
	@if command -v frictionless >/dev/null; then \
	  for plan in yunyang fengjie; do frictionless validate geodata/$$plan/datapackage.json || exit 1; done; \
	else echo "frictionless is not installed (pip install frictionless); tables were checked by plan-atlas only"; fi

deny: ## licences and sources of every crate, where cargo-deny is installed
	@if cargo deny --version >/dev/null 2>&1; then cargo deny --locked --workspace check --hide-inclusion-graph bans licenses sources; \
	else echo "cargo-deny is not installed (cargo install cargo-deny); licences were not checked"; fi

# Advisories are on the internet: where that cannot be reached nothing is known, which is said and fails nobody.
audit: web/node_modules tests/e2e/node_modules ## known vulnerabilities of crates and npm packages, where their lists can be reached
	@if timeout 20 git ls-remote --quiet https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1; then \
	  cargo audit --quiet && cargo deny --locked --workspace check advisories; \
	else echo "the RustSec advisories cannot be reached; crates were not checked"; fi
	@for part in web tests/e2e; do \
	  if answer=$$(npm --prefix $$part audit --json 2>&1); then echo "$$part: no known vulnerabilities"; continue; fi; \
	  case "$$answer" in *auditReportVersion*) npm --prefix $$part audit; exit 1;; \
	  *) echo "the npm advisories cannot be reached; the packages of $$part were not checked";; esac; \
	done

bench: ## benchmarks: medians and ratios in one run
	cargo bench --bench engine --bench serve --bench export --bench large --bench pictures --locked

faults: ## kill it, fill its disk, alter its files, set its clock: each many times; renews docs/reliability.md
	PLAN_ATLAS_FAULT_ROUNDS=25 PLAN_ATLAS_RENEW=1 cargo test --locked --test faults

load: web ## a minute of 64 clients, and more than the server takes, on the release build: times, memory, refusals
	cargo build --release --locked
	PLAN_ATLAS_PROGRAM=$(CURDIR)/target/release/plan-atlas PLAN_ATLAS_LOAD_SECONDS=60 \
	  cargo test --locked --test load -- --nocapture --test-threads 1

frames: web tests/e2e/node_modules ## frames a second while panning over 100,000 points of one's own
	cargo build --locked
	FRAMES=1 $(E2E) test -- frames

size: web ## size of the release binary and of the page
	cargo build --release --locked
	@ls -l target/release/plan-atlas | awk '{printf "binary %.1f MB\n", $$5 / 1e6}'
	@$(WEB) run --silent size

api: ## renew the OpenAPI document kept for the web UI, and the types generated from it
	cargo run --locked --quiet -- openapi > web/src/api/openapi.json
	$(WEB) run types

goldens: web/fonts/regular.ttf ## renew the map pictures that tests compare with; look at them
	PLAN_ATLAS_RENEW=1 cargo test --locked --test pictures somebody_looked
	@ls -l tests/goldens

screenshots: web tests/e2e/node_modules ## renew the pictures in docs/screenshots
	cargo build --locked
	KEEP_SCREENSHOTS=1 $(E2E) test -- screenshots

# Our code has no `unsafe`, and the compiler would not instrument the C of SQLite: a sanitizer would find nothing for half
# the speed. `--dev` keeps the checks of overflows and assertions. What is new goes into fuzz/target, not into the kept corpus.
FUZZ := cargo +nightly fuzz
FUZZ_FLAGS := --dev --sanitizer none
FUZZ_SECONDS ?= 60

fuzz: web/fonts/regular.ttf ## fuzz each target for FUZZ_SECONDS; needs the nightly compiler and cargo-fuzz
	@if $(FUZZ) --version >/dev/null 2>&1; then \
	  $(FUZZ) build $(FUZZ_FLAGS) && \
	  for target in $$($(FUZZ) list); do \
	    new=fuzz/target/found/$$target; words=fuzz/dictionaries/$$target.dict; mkdir -p $$new; \
	    $(FUZZ) run $(FUZZ_FLAGS) $$target $$new fuzz/corpus/$$target -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=4096 \
	      -print_final_stats=1 $$(if test -f $$words; then echo -dict=$$words; fi) || exit 1; \
	  done; \
	else echo "cargo-fuzz or the nightly compiler is not installed (rustup toolchain install nightly; cargo install --locked cargo-fuzz); nothing was fuzzed"; fi

clean: ## remove everything built
	cargo clean
	rm -rf web/dist web/offline web/fonts web/node_modules fuzz/target
