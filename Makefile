# Every task of the repository; `make` alone explains them.
AULA := local/aula
PORT ?= 8080

.DEFAULT_GOAL := help
.PHONY: help run up down warm status demo replay rotate-keys recompute recompute-sort-keys rebuild-leaderboards migrate clean-data test check test-engines tools build proto schema release-contract mail bench bench-smoke

help: ## Explain every task
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-21s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Run
run: ## Everything in the foreground until Ctrl-C: engines, services, Envoy on PORT=8080; ONLY=auth,users for these services only
	@$(AULA) run --port $(PORT) $(if $(ONLY),--only $(ONLY))

up: ## The same in the background; returns when everything answers
	@$(AULA) up --port $(PORT) $(if $(ONLY),--only $(ONLY))

down: ## Stop what `make up` started
	@$(AULA) down

warm: ## Learn from one start: until the next build, starts take about half as long
	@$(AULA) warm

status: ## What runs: process, status, port, memory, log
	@$(AULA) status

demo: ## Tell the story against what runs; COURSE=archive.tar.gz imports that course
	@$(AULA) demo $(if $(COURSE),--course "$(COURSE)")

mail: ## The mail that was sent; TO=address shows the newest one for it, with its link
	@$(AULA) mail $(if $(TO),"$(TO)")

replay: ## Deliver dead letters again, and try stuck sagas; ARGS= is handed on
	@$(AULA) replay -- $(ARGS)

rotate-keys: ## Put a new key for access tokens in the place of the present one; ARGS=--revoke-old after a theft
	@$(AULA) rotate-keys -- $(ARGS)

recompute: ## Compare learners' percentages with their lessons, fix and report them; ARGS=--report-only changes nothing
	@$(AULA) recompute -- $(ARGS)

recompute-sort-keys: ## Put names in the order of this version's ICU at once; services do it within ten minutes
	@$(AULA) recompute-sort-keys

rebuild-leaderboards: ## Make the leaderboards anew out of the gradebooks
	@$(AULA) rebuild-leaderboards

##@ Data
migrate: ## Bring the stores to the newest schema; STORE=postgres for one of them
	@$(AULA) migrate $(if $(STORE),--store $(STORE))

clean-data: ## Remove all local data and secrets (not while it runs)
	@$(AULA) clean-data

##@ Develop
test: ## Every test, with engines of its own
	@$(AULA) test

check: ## What comes before tests: formatting, lint, static analysis, breaking changes
	@$(AULA) check

test-engines: ## The engines alone in the foreground, for tests from an IDE; NAME=dev
	@$(AULA) engines $(if $(NAME),--name $(NAME))

bench: ## Measure with peers, hours on a quiet machine; W=1,3 for these workloads, PAIRS=3 and SECONDS=4 for few and short slices
	@bench/bench run $(if $(W),--workloads "$(W)") $(if $(PAIRS),--pairs $(PAIRS)) $(if $(SECONDS),--seconds $(SECONDS))

bench-smoke: ## Show that the harness works and all peers answer the same
	@bench/bench smoke $(if $(W),--workloads "$(W)")

tools: ## Fetch the tools and engines into .local/tools
	@$(AULA) install

build: ## Build the programs if a source is newer
	@$(AULA) build

##@ Contract
proto: ## Build the contract: lint, stubs, descriptor set
	@$(AULA) proto

schema: ## The GraphQL schema as one document, with its directives: bff-graphql/target/schema.graphqls
	@$(AULA) schema

release-contract: ## Keep the contract and the GraphQL schema as released, and print what changed since the last time
	@$(AULA) release-contract
