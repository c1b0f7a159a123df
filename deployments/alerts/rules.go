package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
)

// readRules reads a file of rules as Prometheus does, and refuses what it would refuse.
func readRules(file string) ([]rulefmt.Rule, error) {
	groups, errs := rulefmt.ParseFile(file, false, model.LegacyValidation, parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var rules []rulefmt.Rule
	for _, group := range groups.Groups {
		rules = append(rules, group.Rules...)
	}
	return rules, nil
}

// change is something that became of an alert.
type change struct {
	At     time.Time
	State  string // waits, fires or is over
	Labels string
	After  time.Duration // since its expression became true
	Value  float64
}

const (
	waits = "waits"
	fires = "fires"
	over  = "is over"
)

// alert is a rule, and of which series it is true now.
type alert struct {
	rule   rulefmt.Rule
	active map[string]*change
}

// ask evaluates the rule as of an instant. As in Prometheus a series calls somebody when
// it has been true for as long as the rule says, and is over when it is true no more.
func (a *alert) ask(ctx context.Context, engine *promql.Engine, samples storage.Queryable, at time.Time) (changes []change, err error) {
	query, err := engine.NewInstantQuery(ctx, samples, nil, a.rule.Expr, at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.rule.Alert, err)
	}
	defer query.Close()
	vector, err := query.Exec(ctx).Vector()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.rule.Alert, err)
	}
	holds := map[string]bool{}
	for _, sample := range vector {
		series := sample.Metric.String()
		holds[series] = true
		now, known := a.active[series]
		if !known {
			now = &change{At: at, State: waits, Labels: series}
			a.active[series] = now
		}
		now.Value, now.After = sample.F, at.Sub(now.At)
		if !known && a.rule.For > 0 {
			changes = append(changes, *now)
		}
		if now.State == waits && now.After >= time.Duration(a.rule.For) {
			now.State = fires
			changes = append(changes, *now)
		}
	}
	for series, was := range a.active {
		if !holds[series] {
			was.State, was.After = over, at.Sub(was.At)
			changes = append(changes, *was)
			delete(a.active, series)
		}
	}
	return changes, nil
}
