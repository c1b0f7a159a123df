package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/tsdb"
)

func main() {
	var (
		rules   = flag.String("rules", "../observability/rules.yaml", "file of rules")
		secret  = flag.String("secret", "", "file with the internal secret, which the portal wants to see")
		every   = flag.Duration("every", 10*time.Second, "how often metrics are read and rules asked, as prometheus.yaml says")
		targets []*target
	)
	add := func(portal bool) func(string) error {
		return func(address string) error {
			u, err := url.Parse(address)
			if err == nil {
				targets = append(targets, &target{url: address, instance: u.Host, portal: portal})
			}
			return err
		}
	}
	flag.Func("target", "a service's address of /metrics; may be said several times", add(false))
	flag.Func("portal", "the portal's, which wants to see the secret; of a standalone city the only one", add(true))
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := follow(ctx, *rules, *secret, *every, targets); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// follow reads and asks until it is stopped.
func follow(ctx context.Context, file, secret string, every time.Duration, targets []*target) (err error) {
	if secret != "" {
		text, err := os.ReadFile(secret)
		if err != nil {
			return err
		}
		for _, t := range targets {
			if t.portal { // a service takes it for a token that is not valid
				t.secret = strings.TrimSpace(string(text))
			}
		}
	}
	rules, err := readRules(file)
	if err != nil {
		return err
	}
	samples, forget, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, forget()) }()

	var alerts []*alert
	for _, rule := range rules {
		alerts = append(alerts, &alert{rule: rule, active: map[string]*change{}})
	}
	engine := newEngine()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		at := time.Now()
		for _, t := range targets {
			if err := t.scrape(ctx, samples, at); err != nil {
				return err
			}
		}
		for _, a := range alerts {
			changes, err := a.ask(ctx, engine, samples, at)
			if err != nil && ctx.Err() == nil {
				return err
			}
			for _, c := range changes {
				fmt.Printf("%s  %-16s %-8s after %3.0f s  value %.4g  %s\n", at.Format(time.TimeOnly), a.rule.Alert, c.State, c.After.Seconds(), c.Value, c.Labels)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// open makes an empty store of samples in a folder that is thrown away.
func open() (samples *tsdb.DB, forget func() error, err error) {
	folder, err := os.MkdirTemp("", "qihe-alerts-")
	if err != nil {
		return nil, nil, err
	}
	samples, err = tsdb.Open(folder, nil, nil, tsdb.DefaultOptions(), nil)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(folder))
	}
	return samples, func() error { return errors.Join(samples.Close(), os.RemoveAll(folder)) }, nil
}

func newEngine() *promql.Engine {
	return promql.NewEngine(promql.EngineOpts{MaxSamples: 50_000_000, Timeout: time.Minute, Parser: parser.NewParser(parser.Options{}), EnableAtModifier: true, EnableNegativeOffset: true})
}
