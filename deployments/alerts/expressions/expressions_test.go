// Package expressions has only tests: Prometheus's own parser reads what rules and
// dashboards ask. The parser alone is small; the engine beside it is for who walks
// through alerts.
package expressions_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql/parser"
	"go.yaml.in/yaml/v3"
)

const observability = "../../observability"

func parse(expression string) error {
	_, err := parser.NewParser(parser.Options{}).ParseExpr(expression)
	return err
}

// Each rule has an expression that Prometheus takes, and waits for a time that it takes.
func TestRules(t *testing.T) {
	t.Parallel()
	if parse(`sum by (service (rate(x[5m])) > 1`) == nil || parse(`rate(x) > 1`) == nil {
		t.Fatal("control: what is no expression is taken")
	}
	text, err := os.ReadFile(filepath.Join(observability, "rules.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct{ Alert, Expr, For string }
		}
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	rules := 0
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			rules++
			if err := parse(rule.Expr); err != nil {
				t.Errorf("%s: %v", rule.Alert, err)
			}
			if _, err := time.ParseDuration(rule.For); rule.For != "" && err != nil {
				t.Errorf("%s: %v", rule.Alert, err)
			}
		}
	}
	if rules == 0 {
		t.Error("there are no rules")
	}
}

// Each figure of a dashboard is asked for as Prometheus takes it. Grafana puts a period in.
func TestDashboards(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(observability, "grafana", "dashboards", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no dashboards: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var board struct {
			Panels []struct {
				Title   string
				Targets []struct{ Expr string }
			}
		}
		if err := json.Unmarshal(text, &board); err != nil {
			t.Fatal(err)
		}
		asked := 0
		for _, panel := range board.Panels {
			for _, target := range panel.Targets {
				asked++
				if err := parse(strings.ReplaceAll(target.Expr, "$__rate_interval", "1m")); err != nil {
					t.Errorf("%s, %s: %v", filepath.Base(file), panel.Title, err)
				}
			}
		}
		if asked == 0 {
			t.Errorf("%s asks for nothing", file)
		}
	}
}
