# `make` alone prints this list. Debugging takes two terminals: `make server` in one, `make get` in the other.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help deps test-deps build lint test soak server multiproc store stress study graph bench clean
.PHONY: baseline data list put get flag delete

# Where the debugging targets put blobs, and what they talk to.
BLOBS_DIR ?= /tmp/blobs-debug
URL       ?= http://127.0.0.1:8000
BLOB_USER ?= somebody
SIZE      ?= 10
AMOUNT    ?= 1000
ACTION    ?= put
PROCS     ?= 2
STORE_DIR ?= /tmp/store-debug/$(STORE)
STORE_PORT ?= 8100
DATA      ?= artifacts/data.bin
INPUT     ?= results.txt
OUT       ?= .

BIN    := artifacts/bin
DOTNET := dotnet
# Debian keeps haproxy in /usr/sbin, which is not on every user's PATH.
export PATH := $(PATH):/usr/sbin

help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' makefile | \
		while IFS=$$'\t' read -r target text; do printf '  %-10s %s\n' "$$target" "$$text"; done

# ---- building

deps: ## Install what is missing: haproxy, gnuplot, curl, shellcheck; with PROXY=nginx or STORE=redis those too (apt-get)
	@PROXY="$(PROXY)" STORE="$(STORE)" .ci/install-deps.sh

test-deps:
	@.ci/install-deps.sh test

build: ## Build everything, optimised, into artifacts/
	@PLOTTER="$(PLOTTER)" .ci/build

lint: deps build ## Check the code's format and the scripts
	DOTNET_TieredPGO=0 $(DOTNET) format whitespace --folder . --exclude artifacts --verify-no-changes
	@find . \( -name artifacts -o -name '.?*' \) -prune -o -name '*.cs' -print0 | LC_ALL=C xargs -0 awk -f .ci/imports.awk
	shellcheck -x run-test.sh .ci/run .ci/build $(filter-out %.lua %.md,$(wildcard stores/*)) \
		$(wildcard .ci/*.sh benchmarks/*.sh tests/*.sh examples/*.sh)

test: test-deps lint ## Lint, unit tests, process tests on the real programs, one small study from end to end
	@tests/run-all.sh

soak: test-deps build ## The long tests at full size, with figures printed; of PROJECTS="MultiProc RequestClient" alone
	@BLOBS_SOAK=1 tests/run-all.sh $(PROJECTS)

# ---- running

study: ## The main job: ./run-test.sh, with its variables from the environment
	@./run-test.sh

server: ## Serve BLOBS_DIR=/tmp/blobs-debug on port 8000: one process, no proxy
	@.ci/build BlobsServer
	@$(BIN)/BlobsServer/release/BlobsServer $(BLOBS_DIR) 8000

multiproc: deps ## Serve BLOBS_DIR with PROCS=2 processes behind HAProxy on port 8000
	@.ci/build MultiProc BlobsServer
	@$(BIN)/MultiProc/release/MultiProc --procs $(PROCS) --dir $(BLOBS_DIR) --haproxy haproxy/study.cfg

store: STORE := $(or $(STORE),redis)
store: deps ## Start STORE=redis (or postgresql, tarantool, radosgw) on STORE_PORT=8100, for a service in another terminal
	@[ -x stores/$(STORE) ] || \
		{ echo "STORE=$(STORE): there is no stores/$(STORE): give redis, postgresql, tarantool or radosgw" >&2; exit 2; }
	@stores/$(STORE) $(STORE_DIR) $(STORE_PORT)

stress: ## Run AMOUNT=1000 operations of ACTION=put with blobs of SIZE=10 KiB
	@.ci/build RequestClient
	@$(BIN)/RequestClient/release/RequestClient $(AMOUNT) $(SIZE) --action $(ACTION) --url $(URL) --user $(BLOB_USER)

graph: ## Draw INPUT=results.txt (or a runs.jsonl) into OUT=.
	@PLOTTER="$(PLOTTER)" .ci/build Graph
	@$(BIN)/Graph/release/Graph $(INPUT) --out $(OUT)

bench: deps build ## Measure against nginx, wrk and others, side by side (takes a while)
	@for script in benchmarks/*.sh; do echo "== $$script"; "$$script" || exit 1; done

clean: ## Remove what was built and what the last study left at the top; stored results stay
	rm -rf artifacts
	rm -f results.txt results-*.txt report.html report.md \
		{ratios,blobs-in-parallel,cores,latency,scaling,order,ways-in,stores,connections}*.{png,svg}

# ---- one request at a time, with curl: status, time and what came back

# A fresh id for every make and a part for every target, so that each can be repeated and none meets another's blob.
ID   := $(shell od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
BLOB  = /blobs/$(BLOB_USER)/$@-$(ID)
REPLY = artifacts/$@.reply

# $(call request,METHOD,PATH,OPTIONS): says what came back; anything but 200 or no answer at all fails.
define request
@mkdir -p artifacts && code=$$(curl --silent --show-error --max-time 60 --request $(1) $(3) --output $(REPLY) \
	--write-out '%{http_code} %{time_total} %{size_download}' '$(URL)$(2)') \
	|| { echo "no answer from $(URL): start one with 'make server' in another terminal" >&2; exit 1; }; \
	set -- $$code; echo "$(1) $(2): status $$1, $$2 s, $$3 bytes"; \
	if [ "$$3" -gt 0 ] && [ "$$3" -le 2000 ] && grep -qIE '.' $(REPLY); then cat $(REPLY); echo; fi; \
	[ "$$1" = 200 ]
endef

data: ## Make SIZE=10 KiB of random bytes in artifacts/data.bin
	@mkdir -p $(dir $(DATA)) && head -c $$(($(SIZE) * 1024)) /dev/urandom > $(DATA) && echo "$(DATA): $(SIZE) KiB of random bytes"

baseline: ## GET /
	$(call request,GET,/)

list: ## GET /blobs/USER
	$(call request,GET,/blobs/$(BLOB_USER)/)

put: data ## PUT random bytes under a new id
	$(call request,PUT,$(BLOB),--data-binary @$(DATA))

get: data ## PUT random bytes under a new id, GET them and compare
	$(call request,PUT,$(BLOB),--data-binary @$(DATA))
	$(call request,GET,$(BLOB))
	@cmp $(DATA) $(REPLY) && echo "the same $(SIZE) KiB came back"

flag: data ## PUT, POST a flag, read it back
	$(call request,PUT,$(BLOB),--data-binary @$(DATA))
	$(call request,POST,$(BLOB),--data '["PENDING"]' --header 'Content-Type: application/json')
	$(call request,GET,$(BLOB)?only_flags=True)

delete: data ## PUT and DELETE
	$(call request,PUT,$(BLOB),--data-binary @$(DATA))
	$(call request,DELETE,$(BLOB))
