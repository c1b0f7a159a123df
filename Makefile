# What one types here. `make` alone shows it.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

WEB      := services/portal/web
PACKAGES := $(WEB)/node_modules/.package-lock.json
APP      := $(WEB)/dist/app/index.html
FONT     := shared/paper/font/NotoSansSC.ttf
STORIES  := deployments/standalone/stories/node_modules/.package-lock.json
SOURCES  := $(shell find $(WEB) -path $(WEB)/node_modules -prune -o -path $(WEB)/dist -prune -o -type f -print)

# Tools are built once, at a pinned version, outside the repository.
TOOLS    := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/qihe/bin
LINTER   := golangci-lint-v2.15.0
GOLANGCI := $(TOOLS)/$(LINTER)

# The race detector needs a C compiler; without one the tests still run, and say so.
RACE := $(if $(shell command -v $(or $(CC),cc)),-race)

# Hundreds of databases, post offices and cities are made and thrown away: in memory, where there is room. Go's own files,
# which are larger and few, stay where they are. Collecting a test's garbage four times more rarely saves a fifth of its time,
# and make check has vetted already.
GO_TEST := GOTMPDIR="$${GOTMPDIR:-$${TMPDIR:-/tmp}}" TMPDIR="$$(.ci/scratch)" GOGC=400 GOMEMLIMIT=2GiB go run ./shared/cmd/withpg -- go test -vet=off -shuffle=on -timeout 60m

# Tested without it: tens of thousands of requests one after the other, and the stories, in which the browser is what
# takes time. What runs side by side in them is looked at in app's tests, and all together where a city is started.
PLAIN := internal/api stories

# And what starts nothing and shares nothing: it would take four to twenty times as long, and who uses it side by side is
# looked at. The guards see to it that it stays so.
SERIAL := shared/demo shared/picture shared/spreadsheet services/hours/internal/certificate

WITHOUT := $(foreach end,$(PLAIN) $(SERIAL),-e '/$(end)$$')

.PHONY: help
help: ## show this
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-10s %s\n", $$1, $$2 }'

.PHONY: run
run: $(APP) $(FONT) ## start Qihe with a demo city; ARGS="--port 8081" passes flags on
	go run ./deployments/standalone $(ARGS)

.PHONY: test
test: $(APP) $(FONT) $(STORIES) ## all tests: Go with the race detector, the web app's, the stories in a real browser
	@.ci/browser
	cd $(WEB) && npx --no-install vitest run
	$(if $(RACE),,@echo 'No C compiler: data races are not looked for. Type: apt-get install gcc libc6-dev')
	$(GO_TEST) $(RACE) $$(go list work | grep -v $(WITHOUT))
	$(GO_TEST) $$(go list work | grep $(WITHOUT))

# In cities of 5,000,000 lines; five of them take an hour and 30 GB of disk.
CITIES ?= 0.1,1

.PHONY: bench
bench: $(APP) $(FONT) ## measure check-in, boards and pipeline beside others who do the same; CITIES=0.1,1,5 says how large
	go test -run '^$$' -bench Qihe -benchtime 1x -timeout 30m ./deployments/standalone/internal/city
	go run ./shared/cmd/withpg -safe -- go test -run '^$$' -bench Hours -benchtime 1x -timeout 180m ./services/hours/bench -cities $(CITIES)

.PHONY: check
check: lint guards $(PACKAGES) ## format, vet, lint, import law, generated files, workspace, web types
	cd $(WEB) && npm run --silent check

.PHONY: lint
lint: $(GOLANGCI) ## vet, lint, format and import law of all Go code
	go vet work
	$(GOLANGCI) run $$(go list -m -f '{{.Dir}}/...')

.PHONY: guards
guards: $(PACKAGES)
	@SERIAL='$(SERIAL)' .ci/guards

.PHONY: fmt
fmt: $(GOLANGCI) ## format all Go code
	$(GOLANGCI) fmt $$(go list -m -f '{{.Dir}}/...')

.PHONY: font
font: $(FONT) ## get the letters of the PDFs, which are built into the programs

.PHONY: generate
generate: $(PACKAGES) ## make the code that is made from the contracts (openapi.yaml)
	go generate work
	cd $(WEB) && npm run --silent generate

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	cd $* && npm ci
	@touch $@

$(APP): $(PACKAGES) $(SOURCES)
	cd $(WEB) && npm run --silent build
	@touch $@

# The letters of the PDFs, built into the programs (ADR 33).
$(FONT): $(PACKAGES)
	cp $(WEB)/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf $@

$(GOLANGCI):
	@mkdir -p $(TOOLS)
	cd $(TOOLS) && GOWORK=off GOBIN=$(TOOLS)/new go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINTER:golangci-lint-%=%)
	mv $(TOOLS)/new/golangci-lint $@ && rmdir $(TOOLS)/new
