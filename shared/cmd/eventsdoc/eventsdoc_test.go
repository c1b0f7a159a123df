package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// givenRepository is a small city hall: one contract, its teller and three listeners.
func givenRepository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"shared/contract/generate.go": "package contract",
		"shared/contract/townv1/events.go": "// Package townv1 is what town tells.\n//\n// Nobody is\n// named.\npackage townv1\n\nimport \"time\"\n\nconst Stream = \"TOWN\"\n\n" +
			"// BellRung says that the bell was rung. It is loud.\ntype BellRung struct {\n\tTimes int `json:\"times\"` // one | many\n\tAt time.Time `json:\"at\"`\n\tBy []string `json:\"by,omitempty\"`\n}\n\n" +
			"func (BellRung) Subject() string { return \"town.v1.bell.rung\" }\n\n" +
			"// ClockWound says that the clock was wound.\ntype ClockWound struct{}\n\nfunc (ClockWound) Subject() string { return \"town.v1.clock.wound\" }\n\n" +
			"// Part is no event.\ntype Part struct{}\n",
		"services/town/internal/app/ring.go":         "package app\nfunc ring() any { return townv1.BellRung{Times: 1} }",
		"services/town/internal/app/ring_test.go":    "package app\nfunc test() any { return townv1.ClockWound{X: 1} }",
		"services/church/internal/consumer/town.go":  "package consumer\nfunc FromTown(a *app.App) { inbox.On(r, a.Pray) }",
		"services/church/internal/app/pray.go":       "package app\nfunc (a *App) Pray(ctx context.Context, q postgres.Querier, events []townv1.BellRung) error { return nil }",
		"services/inn/internal/app/follow.go":        "package app\nfunc follow() { b.Follow(townv1.BellRung{}.Subject(), wake) }",
		"services/school/service.go":                 "package school\nfunc Run() { bells.New(b) }",
		"shared/bells/bells.go":                      "package bells\nfunc New(b any) { b.Follow(townv1.BellRung{}.Subject(), wake) }",
		"services/school/web/node_modules/broken.go": "this is no Go",
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestRun(t *testing.T) {
	t.Parallel()
	t.Run("the page names every event, its fields, who tells it and who listens", func(t *testing.T) {
		t.Parallel()
		root := givenRepository(t)
		out := filepath.Join(root, "events.md")
		if err := run(root, out); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(page), "](../", "](")
		_, text, _ = strings.Cut(text, "| --- | --- | --- | --- |\n")
		const want = "| [`town.v1.bell.rung`](#townv1bellrung) | the bell was rung | town | church, inn, school |\n" +
			"| [`town.v1.clock.wound`](#townv1clockwound) | the clock was wound | nobody yet | nobody yet |\n" +
			"\n## Stream TOWN\n\nPackage [`townv1`](shared/contract/townv1/events.go). Nobody is named.\n" +
			"\n### `town.v1.bell.rung`\n\nBellRung says that the bell was rung. It is loud.\n\n" +
			"- told in: [`services/town/internal/app/ring.go`](services/town/internal/app/ring.go)\n- heard by:\n" +
			"  - **church**, each once, in a transaction: `Pray` in [`services/church/internal/consumer/town.go`](services/church/internal/consumer/town.go)\n" +
			"  - **inn**, at once, in every replica in [`services/inn/internal/app/follow.go`](services/inn/internal/app/follow.go)\n" +
			"  - **school**, at once, in every replica in [`shared/bells/bells.go`](shared/bells/bells.go)\n" +
			"\n| field | type | |\n| --- | --- | --- |\n| `times` | whole number | one \\| many |\n| `at` | time | |\n| `by` | list of text | |\n" +
			"\n### `town.v1.clock.wound`\n\nClockWound says that the clock was wound.\n\n- told in: nowhere yet\n- heard by: nobody yet\n" +
			"\n| field | type | |\n| --- | --- | --- |\n"
		if diff := cmp.Diff(want, text); diff != "" {
			t.Errorf("page (-want +got):\n%s", diff)
		}
	})
	t.Run("source that cannot be read is an error that names the file", func(t *testing.T) {
		t.Parallel()
		root := givenRepository(t)
		broken := filepath.Join(root, "shared/contract/townv1/broken.go")
		if err := os.WriteFile(broken, []byte("package townv1\nfunc"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := run(root, filepath.Join(root, "events.md")); err == nil || !strings.Contains(err.Error(), "broken.go") {
			t.Errorf("run = %v", err)
		}
	})
}
