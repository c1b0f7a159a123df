package upgrade

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
)

var baseline = flag.Bool("baseline", false, "this is a release: write released anew")

const (
	root    = "../.."
	allowed = "released/broken.txt"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if *baseline {
		if err := release(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// contracts returns the services' contracts by service.
func contracts() (map[string]string, error) {
	paths, err := filepath.Glob(root + "/services/*/openapi.yaml")
	found := map[string]string{}
	for _, path := range paths {
		found[filepath.Base(filepath.Dir(path))] = path
	}
	return found, err
}

// Whoever asked a service in the last release asks it still: other services until they are upgraded, and pages that
// have been open since. What breaks that is red, unless it stands in released/broken.txt with the reason.
func TestContracts(t *testing.T) {
	t.Parallel()
	now, err := contracts()
	if err != nil || len(now) == 0 {
		t.Fatalf("no contracts: %v", err)
	}
	reasons := readReasons(t)
	for service, path := range now {
		before := filepath.Join("released", service+".yaml")
		if _, err := os.Stat(before); os.IsNotExist(err) {
			continue // a service that the last release did not have has promised nothing
		}
		for _, broken := range breaks(t, before, path) {
			key := service + " " + broken.key
			if reasons[key] == "" {
				t.Errorf("%s: %s\nAdd beside it instead of changing it; or write into %s, and why nobody is hurt: %s: …", service, broken.text, allowed, key)
			}
			delete(reasons, key)
		}
	}
	for key := range reasons {
		t.Errorf("%s: nothing is broken by %q any more", allowed, key)
	}
	gone, err := filepath.Glob("released/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range gone {
		if now[strings.TrimSuffix(filepath.Base(path), ".yaml")] == "" {
			t.Errorf("%s: the service is gone", path)
		}
	}
}

// broken is one promise that is not kept.
type broken struct{ key, text string }

// breaks compares two contracts by the rules of oasdiff, warnings too: a state that pages of before have no word for is one.
func breaks(t *testing.T, before, now string) (found []broken) {
	t.Helper()
	specs := make([]*load.SpecInfo, 2)
	for i, path := range []string{before, now} {
		spec, err := load.NewSpecInfo(openapi3.NewLoader(), load.NewSource(path))
		if err != nil {
			t.Fatal(err)
		}
		specs[i] = spec
	}
	changes, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), specs[0], specs[1])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checker.CheckBackwardCompatibility(checker.NewConfig(checker.GetAllChecks()), changes, sources) {
		text := c.GetOperation() + " " + c.GetPath() + " " + c.GetUncolorizedText(checker.NewDefaultLocalizer())
		found = append(found, broken{key: fmt.Sprintf("%s %s %s %s", c.GetOperation(), c.GetPath(), c.GetId(), checker.Fingerprint(c)), text: text})
	}
	return found
}

// readReasons reads what may be broken: one to a line, what and why parted by a colon.
func readReasons(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(allowed)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]string{}
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what, why, _ := strings.Cut(line, ": ")
		if strings.TrimSpace(why) == "" {
			t.Errorf("%s: no reason for %q", allowed, what)
		}
		reasons[what] = why
	}
	return reasons
}

// The comparison itself: each of these breaks somebody, or nobody.
func TestBreaks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to string
		want     []string
	}{
		"nothing":                            {"", "", nil},
		"a comment":                          {"An hour", "Sixty minutes", nil},
		"an optional field in a request":     {"note: {type: string}", "note: {type: string}\n                more: {type: string}", nil},
		"a field in an answer":               {"minutes: {type: integer}", "minutes: {type: integer}\n                  more: {type: string}", nil},
		"an operation that is gone":          {"    delete:", "    patch:", []string{"api-removed-without-deprecation"}},
		"a field that an answer loses":       {"minutes: {type: integer}", "time: {type: integer}", []string{"response-required-property-removed"}},
		"a field of an answer retyped":       {"minutes: {type: integer}", "minutes: {type: string}", []string{"response-property-type-changed"}},
		"a field that a request must have":   {"required: [team]", "required: [team, note]", []string{"request-property-became-required"}},
		"a parameter that a request must":    {"name: limit, in: query", "name: limit, in: query, required: true", []string{"request-parameter-became-required"}},
		"a value that pages have no word of": {"[open, closed]", "[open, closed, paused]", []string{"response-property-enum-value-added"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, now := filepath.Join(t.TempDir(), "before.yaml"), filepath.Join(t.TempDir(), "now.yaml")
			if !strings.Contains(small, c.from) {
				t.Fatalf("the contract has no %q", c.from)
			}
			for path, text := range map[string]string{before: small, now: strings.Replace(small, c.from, c.to, 1)} {
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var got []string
			for _, b := range breaks(t, before, now) {
				id := strings.Fields(b.key)[2]
				if !slices.Contains(got, id) {
					got = append(got, id)
				}
			}
			for _, id := range c.want {
				if !slices.Contains(got, id) {
					t.Errorf("%s is not found; found is %q", id, got)
				}
			}
			if len(c.want) == 0 && len(got) > 0 {
				t.Errorf("it breaks nobody, but %q", got)
			}
		})
	}
}

const small = `openapi: 3.0.3
info: {title: Small, version: "1"}
paths:
  /lines:
    post:
      operationId: addLine
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [team]
              properties:
                team: {type: string}
                note: {type: string}
      responses:
        "200":
          description: An hour
          content:
            application/json:
              schema:
                type: object
                required: [minutes]
                properties:
                  minutes: {type: integer}
                  state: {type: string, enum: [open, closed]}
    delete:
      operationId: dropLines
      responses: {"204": {description: Done}}
`
