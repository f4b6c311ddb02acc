# Everything that is done with this tree. `make help` lists it.
#
# Only Go, Node.js, Python, make and git are needed: the rest is built or
# installed from package registries into .tools and bin, which git ignores.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# EXAMPLE picks what `make demo` shows, as a folder: examples/.../typescript.
EXAMPLE ?=

# Shows that a long step is alive.
alive := bin/dev/alive
# The tests run the real engine many times over.
test_flags := -timeout 60m

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 17

.PHONY: build
build: dev ## compile the plugin and the tool into bin/
	@$(alive) "compiling the plugin and the tool" "about 4 minutes the first time" go build -v -buildvcs=false -ldflags "-s -w" -o bin/ ./provider/cmd/... ./verify/cmd/...

.PHONY: tools
tools: dev ## build the pinned Pulumi CLI, its language hosts and the local AWS into .tools/
	@bin/dev/tools run

.PHONY: demo
demo: tools build localaws ## up, inventory, proof and destroy on a local AWS, no account needed; EXAMPLE=examples/x/typescript picks another
	@exec bin/localaws/localaws demo $(EXAMPLE)

.PHONY: test
test: tools build localaws ## every test that needs no AWS account
	@$(alive) -stream "tests of the components and the plugin: go test ./..." go test $(test_flags) ./...
	@$(alive) -stream "tests of the awsx helper: go -C fromawsx test ./..." go -C fromawsx test $(test_flags) ./...
	@$(alive) -stream "tests with the engine and the local AWS: go -C tests test ./..." go -C tests test -count=1 $(test_flags) ./...

.PHONY: check
check: dev ## format, vet, lint, types, generated files in step, docs and links
	@bin/dev/tools lint
	@bin/dev/check

.PHONY: fmt
fmt: dev ## format what we write
	@bin/dev/tools lint
	@bin/dev/check -fix

.PHONY: generate
generate: dev ## write schema.json and the SDKs from the components
	@$(alive) "generating schema.json" "some seconds" go run ./provider/internal/cmd/gen
	@$(alive) "generating the SDKs" "about 2 minutes the first time" go -C tests/tools/sdkgen run .

.PHONY: bench
bench: tools build localaws ## the paired benchmarks, a table
	@go -C tests run ./bench

.PHONY: local
local: tools build localaws ## start a local AWS in the background
	@bin/localaws/localaws start

.PHONY: local-stop
local-stop: ## stop it
	@if [ -x bin/localaws/localaws ]; then bin/localaws/localaws stop; else echo 'nothing was built, so no local AWS runs'; fi

.PHONY: local-env
local-env: ## print the exports that make a shell use it
	@bin/localaws/localaws env

.PHONY: local-inventory
local-inventory: ## list what stands in it
	@bin/localaws/localaws inventory

.PHONY: clean
clean: ## remove what was built, but not the tools
	@rm -rf bin

# What the recipes above run; small, and compiled in a second or two.
.PHONY: dev
dev:
	@go -C tests build -buildvcs=false -o ../bin/dev/ ./tools/cmd/...

# The local AWS's command, and the stand-in for the official aws provider.
.PHONY: localaws
localaws: dev
	@$(alive) "compiling the stand-in aws provider" "about 2 minutes the first time" go -C tests build -v -buildvcs=false -ldflags "-s -w" -o ../bin/localaws/ ./localaws/cmd/...
