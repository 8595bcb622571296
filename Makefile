# What the README names. Every target works on a fresh Debian machine with Rust and Node; `setup` installs the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
export SQLX_OFFLINE := true
SERVER := --no-default-features --features server
DESK := --no-default-features --features desk
FUZZ_SECONDS ?= 60
# What a test needs is linked by mold, which `setup` brings: a tree of this size takes the usual linker a minute each time.
LINKED := $$(command -v mold >/dev/null && echo mold -run) cargo
# Both programs as `rust` has built them: `cargo build` would build all that they stand on once more, without what only tests ask of it.
PROGRAMS := $(LINKED) test --no-run --test suite

.PHONY: axe traces screens demo test setup check lint server-purity page-hash supply-chain rust web browser deploy-check sqlx vectors bench faults fuzz

demo: ## a whole site on this machine, with sample tips
	cargo build --release --bins
	target/release/knothole demo

test: setup check rust browser deploy-check ## all that CI runs; the runners' summaries come last

setup: ## system packages and npm packages
	deploy/setup
	cd web && npm ci --no-audit --no-fund

check: lint server-purity supply-chain web page-hash

lint: ## format, every feature set with lints as errors, and that the fuzz targets still build
	cargo fmt --check
	cargo clippy --no-default-features -- -D warnings
	cargo clippy --all-targets $(SERVER) -- -D warnings
	cargo clippy --all-targets $(DESK) -- -D warnings
	cargo clippy --all-targets -- -D warnings
	cargo check --locked --manifest-path fuzz/Cargo.toml --target-dir target/fuzz

server-purity: ## a server that is deployed holds nothing that opens a sealed byte
	$(LINKED) build $(SERVER) --bin knothole
	deploy/check-server-purity target/debug/knothole

supply-chain: ## licences and sources of all that we build on, and its known holes where their lists can be reached
	cargo deny check bans licenses sources
	cd web && npm run lock
	deploy/check-advisories

web: ## types, tests, and a build that must equal what is committed
	cd web && npm run check && npm run build && npm test
	git diff --exit-code -- web/dist

rust: ## unit tests of each feature set, then the suite with all of them
	$(LINKED) test $(SERVER) --lib
	$(LINKED) test

page-hash: ## what admins sign of the page is the same when script and program are built in another folder
	$(LINKED) build $(SERVER) --bin knothole
	deploy/check-page-hash target/debug/knothole

browser: ## a person at a real browser, against real binaries
	$(PROGRAMS)
	cd web && npm run test:browser

deploy-check: ## each file of deploy/ by the program that reads it; nginx and Caddy really in front of a server
	$(PROGRAMS)
	node --test --test-concurrency=2 tests/deploy/*.test.mjs

screens: ## a picture of every screen of the form, for docs/screens
	deploy/setup screens
	$(PROGRAMS)
	node tests/browser/screens.mjs

axe: ## axe-core on every screen of the form, in every language and mixture of sizes and colours: minutes
	deploy/setup
	$(PROGRAMS)
	cd web && KNOTHOLE_AXE=all node --test ../tests/browser/axe.test.mjs

traces: ## what a browser keeps after someone left or their phone died, in Chromium and Firefox with their own profiles: minutes
	deploy/setup
	$(PROGRAMS)
	cd web && node --test --test-concurrency=1 ../tests/browser/traces.mjs ../tests/browser/code.traces.mjs

faults: ## kill -9 two hundred times, a full disk, a trace of syncs, what two thousand tips tell, a rotation under load: minutes; docs/RELIABILITY.md says what came of it
	deploy/setup faults
	cargo test --test suite -- --include-ignored --nocapture --test-threads 1 faults:: picked:: under_load::

sqlx: ## prepare the checked queries again after a change to SQL
	deploy/prepare-queries

vectors: ## write tests/vectors again after a change of format
	cargo test --test suite -- --ignored vectors::
	cd web && npm run vectors

bench: ## one table of how fast it is, each figure beside its peer
	cargo bench --bench speed

fuzz: ## each parser of strangers' bytes, for FUZZ_SECONDS each
	deploy/fuzz $(FUZZ_SECONDS)
