# `make check` builds the program on a fresh Debian or Ubuntu with a Rust toolchain and judges the shipped
# design; `make test` runs every test. CARGO_TARGET_DIR is respected.

CARGO ?= cargo
DESIGN ?= designs/ev_traction.json

.PHONY: help check build test validators accuracy bench lint doc system

help:
	@echo 'make check     install what is missing, build, judge $(DESIGN)'
	@echo 'make test      run all tests'
	@echo 'make validators  hold other JSON Schema validators (Python jsonschema, ajv) against the verdicts on all examples'
	@echo 'make accuracy  compare with the reference machines; writes target/accuracy.json'
	@echo 'make bench     time the solver beside a plain banded Cholesky'
	@echo 'make lint      formatting and lints, warnings denied'
	@echo 'make doc       documentation of the library, warnings denied'

# A design that fails is a result: 0 and 1 succeed, everything else does not.
check: build
	@$(CARGO) run --release --locked --quiet --bin dualcert -- check $(DESIGN); code=$$?; \
	case $$code in \
	0) words='every candidate meets both' ;; \
	1) words='a candidate does not meet both: a clause failed or is undecided, or a pathway is not declared' ;; \
	2) words='wrong usage' ;; \
	3) words='a file is unreadable or is no valid design' ;; \
	4) words='a standard is invalid, or the standards do not fit together' ;; \
	5) words='a candidate could not be judged' ;; \
	*) words='the program broke; this is a bug' ;; \
	esac; \
	echo "exit code $$code: $$words"; \
	test $$code -le 1

build: system
	$(CARGO) build --release --locked --bin dualcert

# Random inputs are drawn from one seed, so that a commit passes or fails and not a day; `cargo test` draws anew.
test: export PROPTEST_RNG_SEED ?= 20261129
test: system
	$(CARGO) test --locked

# Needs the network once: it installs the two validators below `target/validators`. Not part of `make test`, which
# must do on a machine without Node; `.ci/run` has both.
VALIDATORS = $(or $(CARGO_TARGET_DIR),target)/validators
validators: system
	@command -v python3 >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || { \
	  echo 'error: python3 (with venv) and npm are needed, on Debian: apt-get install python3-venv npm' >&2; exit 1; }
	mkdir -p $(VALIDATORS)
	$(CARGO) run --locked --quiet --example verdicts > $(VALIDATORS)/verdicts.jsonl
	python3 -m venv $(VALIDATORS)/python
	$(VALIDATORS)/python/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0
	npm install --silent --no-audit --no-fund --no-package-lock --prefix $(VALIDATORS) ajv@8.17.1
	$(VALIDATORS)/python/bin/python tests/validators/judge.py $(VALIDATORS)/verdicts.jsonl
	node tests/validators/judge.mjs $(VALIDATORS)/verdicts.jsonl $(VALIDATORS)/node_modules

accuracy: system
	$(CARGO) run --release --locked --example accuracy

bench: system
	$(CARGO) bench --locked

lint: system
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets --locked -- -D warnings

doc: system
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --no-deps --locked

# What the build needs beside Rust: a C compiler as linker, pkg-config, OpenBLAS (which holds LAPACK).
system:
	@command -v $(CARGO) >/dev/null 2>&1 || { \
	  echo 'error: cargo is missing; install a Rust toolchain of at least version 1.88' >&2; exit 1; }; \
	missing=''; \
	command -v cc >/dev/null 2>&1 || missing="$$missing gcc libc6-dev"; \
	command -v pkg-config >/dev/null 2>&1 || missing="$$missing pkg-config"; \
	pkg-config --exists openblas 2>/dev/null || missing="$$missing libopenblas-dev"; \
	test -z "$$missing" && exit 0; \
	if ! command -v apt-get >/dev/null 2>&1; then \
	  echo "error: missing here, by their Debian names:$$missing" >&2; \
	  echo 'Install a C compiler, pkg-config and the OpenBLAS development files with the tools of this system, then try again.' >&2; \
	  exit 1; \
	fi; \
	root=''; \
	if [ "$$(id -u)" != 0 ]; then \
	  command -v sudo >/dev/null 2>&1 || { \
	    echo "error: as root, run: apt-get install$$missing" >&2; exit 1; }; \
	  root=sudo; \
	fi; \
	echo "installing$$missing"; \
	$$root apt-get update -qq && \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing
