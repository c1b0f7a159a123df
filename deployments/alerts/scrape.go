package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/storage"
)

// target is a program whose metrics are read.
type target struct {
	url, instance, secret string
	portal                bool
	last                  map[uint64]labels.Labels // what it showed the last time
}

// scrape reads the target's metrics into the samples, and whether it answered (`up`).
// What it showed before and does not any more has ended.
func (t *target) scrape(ctx context.Context, into storage.Appendable, at time.Time) error {
	body, failed := t.read(ctx)
	app := into.Appender(ctx)
	up := 1.0
	now := map[uint64]labels.Labels{}
	if failed == nil {
		failed = t.each(body, func(series labels.Labels, v float64) error {
			now[series.Hash()] = series
			_, err := app.Append(0, series, at.UnixMilli(), v)
			return err
		})
	}
	if failed != nil {
		up, now = 0, nil
	}
	for hash, series := range t.last {
		if _, there := now[hash]; !there {
			if _, err := app.Append(0, series, at.UnixMilli(), math.Float64frombits(value.StaleNaN)); err != nil {
				return errors.Join(err, app.Rollback())
			}
		}
	}
	t.last = now
	_, err := app.Append(0, labels.FromStrings(model.MetricNameLabel, "up", "job", "qihe", "instance", t.instance), at.UnixMilli(), up)
	if err != nil {
		return errors.Join(err, app.Rollback())
	}
	return app.Commit()
}

func (t *target) read(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, t.url, nil)
	if err != nil {
		return nil, err
	}
	if t.secret != "" {
		req.Header.Set("Authorization", "Bearer "+t.secret)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", t.url, res.Status)
	}
	return io.ReadAll(res.Body)
}

// each hands on every sample of what a target has shown, under the target's name.
func (t *target) each(body []byte, f func(labels.Labels, float64) error) error {
	p := textparse.NewPromParser(body, labels.NewSymbolTable(), false)
	for {
		entry, err := p.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case entry != textparse.EntrySeries:
			continue
		}
		_, _, v := p.Series()
		var series labels.Labels
		p.Labels(&series)
		b := labels.NewBuilder(series)
		b.Set("job", "qihe").Set("instance", t.instance)
		if err := f(b.Labels(), v); err != nil {
			return err
		}
	}
}
