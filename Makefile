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
# make check has vetted already, and the race detector otherwise sleeps for a second at the end of each of a hundred packages.
GO_TEST := GOTMPDIR="$${GOTMPDIR:-$${TMPDIR:-/tmp}}" TMPDIR="$$(.ci/scratch)" GOGC=400 GOMEMLIMIT=2GiB GORACE=atexit_sleep_ms=50 go run ./shared/cmd/withpg -- go test -vet=off -shuffle=on -timeout 60m

# Tested without it: tens of thousands of requests one after the other, the stories, in which the browser is what takes
# time, whole cities, which are killed and started again and again, and separate programs, built without it. What runs side
# by side in them is looked at in app's tests, and all together in one city that lives for a while.
PLAIN := internal/api stories deployments/standalone $(addprefix standalone/internal/,again backup checkup city letters rotate) deployments/compose deployments/compose/internal/setup deployments/kubernetes
CITY  := ./deployments/standalone/internal/city -run '^(TestSpine|TestBusLost|TestSettle)$$'

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
	$(GO_TEST) $(RACE) $(CITY)
	$(GO_TEST) $$(go list work | grep $(WITHOUT))
	cd $(UPGRADE) && GOWORK=off go test -vet=off ./...
	cd deployments/alerts && GOWORK=off go test -vet=off ./expressions

# In cities of 5,000,000 lines; five of them take an hour and 30 GB of disk.
CITIES ?= 0.1,1

.PHONY: bench
bench: $(APP) $(FONT) ## measure check-in, boards and pipeline beside others who do the same; CITIES=0.1,1,5 says how large
	go test -run '^$$' -bench Qihe -benchtime 1x -timeout 30m ./deployments/standalone/internal/city
	go run ./shared/cmd/withpg -safe -- go test -run '^$$' -bench Hours -benchtime 1x -timeout 180m ./services/hours/bench -cities $(CITIES)

# The tests that break something on purpose run in `make test` too, shorter; here as often as docs/reliability.md says.
# One package after the other, because what is counted are seconds too.
FAULTS   := TestPowerCut|TestCrashUnderLoad|TestKillLoop|TestBackup|TestBusLost|TestLostRepl|TestGaps|TestRelay|TestConsume|TestDeadLetter|TestReceiver|TestStreamLost|TestBitRot|TestServersLost|TestNetworkCut|TestPrimaryLost|TestSessionMemory|TestAuthorityThatEnds|TestLiveStreams|TestSignOut
FAULTY   := $(addprefix ./shared/,bus idempotency inbox localpg outbox postgres reconcile) $(addprefix ./deployments/standalone/internal/,backup jetstream city) ./deployments/compose ./services/portal ./services/tasks/internal/app
PROMISES := $(or $(TMPDIR),/tmp)/qihe-promises.tsv

.PHONY: chaos
chaos: $(APP) $(FONT) ## break everything on purpose, for long; print what was promised and what was lost
	@rm -f $(PROMISES)
	@QIHE_CHAOS_TABLE=$(PROMISES) go run ./shared/cmd/withpg -- go test -vet=off -count=1 -p 1 -timeout 120m -run '$(FAULTS)' $(FAULTY); \
		failed=$$?; sort -V $(PROMISES) | awk -F '\t' '{ printf "%-3s %-6s %s: %s\n", $$1, $$4, $$2, $$3 }'; exit $$failed

# A city of a million lines takes half an hour and 15 GB of disk; with FOLDER it is kept, and taken again the next time.
LINES ?= 1000000

.PHONY: drill
drill: $(APP) $(FONT) ## back up a city of LINES lines, restore it into a new folder, have it audited; print how long each step took
	@set -e; tools="$$(mktemp -d)"; trap 'rm -rf "$$tools"' EXIT; go build -o "$$tools/" ./deployments/standalone/drill ./services/hours/cmd/qihe-verify; \
		"$$tools/drill" -lines '$(LINES)' -folder '$(FOLDER)' -verify "$$tools/qihe-verify"

# Requests made at random out of the contracts, on behalf of anybody; `make test` sends fewer, the same each time. What fails
# is told with what it was made of, and again by the same SEED.
REQUESTS ?= 200
SEED     ?= $(shell date +%s)
CALLED   := $(or $(TMPDIR),/tmp)/qihe-fuzz.tsv

.PHONY: fuzz
fuzz: $(FONT) ## send each operation of each service REQUESTS random requests; print what was answered; SEED repeats
	@rm -f $(CALLED); echo 'SEED=$(SEED)'
	@TMPDIR="$$(.ci/scratch)" GOGC=400 go run ./shared/cmd/withpg -- go test -vet=off -count=1 -p 1 -timeout 120m -run '^TestBadInput$$' \
		$(patsubst %,./services/%/internal/api,teams tasks pairings hours) -apitest.requests=$(REQUESTS) -apitest.table=$(CALLED) -rapid.seed=$(SEED); \
		failed=$$?; awk -F '\t' '{ printf "%-20s %-28s %5d sent %5d done  %s\n", $$1, $$2, $$3, $$4, $$5; n++; sent += $$3; if ($$4) reached++ } \
		END { printf "%d operations, %d requests; of %d at least one was carried out\n", n, sent, reached }' $(CALLED); exit $$failed

# What the last release has promised, and a module outside the workspace that compares it with what is here (docs/upgrading.md).
UPGRADE := deployments/upgrade

.PHONY: baseline
baseline: ## at a release: what is promised from now on is what is here
	cd $(UPGRADE) && GOWORK=off go test -vet=off -count=1 . -baseline

# The programs of an older revision are built beside, out of its own source, with what makes its tables and its demo city.
PROGRAMS := $(addprefix ./services/,teams/cmd/teams tasks/cmd/tasks hours/cmd/hours pairings/cmd/pairings portal/cmd/portal)

.PHONY: upgrade
upgrade: $(FONT) ## work through a rolling upgrade from the revision OLD and back, and print what people noticed
	@test -n '$(OLD)' || { echo 'Say from which revision: make upgrade OLD=v1.0.0'; exit 1; }
	@set -e; old="$$(mktemp -d)"; trap 'rm -rf "$$old"' EXIT; git archive '$(OLD)' | tar -x -C "$$old"; cp $(FONT) "$$old/$(FONT)"; \
		mkdir "$$old/deployments/standalone/settle"; cp deployments/compose/testdata/settle/main.go "$$old/deployments/standalone/settle/"; \
		(cd "$$old" && go build -ldflags='-s -w' -o bin/ $(PROGRAMS) ./deployments/standalone/settle); \
		cd deployments/compose && TMPDIR="$$(../../.ci/scratch)" go test -vet=off -count=1 -v -timeout 20m -tags upgrade -run '^TestRollingUpgrade$$' . -old "$$old/bin"

# The same sources, Go and web packages give the same bytes.
VERSION ?= $(shell git describe --tags --always)

.PHONY: release
release: $(APP) $(FONT) ## archives for a server without internet, amd64 and arm64, in artefacts/release; VERSION names them
	@.ci/release '$(VERSION)'

.PHONY: audit
audit: ## dependencies: hashes, known holes, gosec, and the list of all of them; GOVULNDB=file://… for a copy of the database
	@GOVULNDB='$(GOVULNDB)' .ci/audit

.PHONY: check
check: lint guards $(PACKAGES) ## format, vet, lint, import law, generated files, workspace, web types
	cd $(WEB) && npm run --silent check

.PHONY: lint
lint: $(GOLANGCI) ## vet, lint, format and import law of all Go code
	go vet work
	$(GOLANGCI) run $$(go list -m -f '{{.Dir}}/...')
	cd $(UPGRADE) && GOWORK=off go vet ./... && GOWORK=off $(GOLANGCI) run ./...

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
