package sms

import (
	"context"
	"errors"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// stubborn is a gateway that always says the same.
type stubborn struct{ answer error }

func (s stubborn) Send(context.Context, string, Message) error { return s.answer }

// Each message counts once, where it belongs; the figures are there before the first one.
func TestCounted(t *testing.T) { //nolint:paralleltest // the figures are the process's
	away := errors.New("away")
	for _, c := range []struct {
		message Message
		answer  error
		as      figure
	}{
		{Code("123456"), nil, figure{"code", "sent"}},
		{Code("123456"), away, figure{"code", "failed"}},
		{PhoneChanged(), nil, figure{"other", "sent"}},
		{PhoneChanged(), away, figure{"other", "failed"}},
	} {
		before := figures(t)
		if len(before) != 4 {
			t.Fatalf("%v", before)
		}
		if err := Counted(stubborn{c.answer}).Send(t.Context(), number, c.message); !errors.Is(err, c.answer) {
			t.Errorf("%v: %v", c.as, err)
		}
		for f, now := range figures(t) {
			want := before[f]
			if f == c.as {
				want++
			}
			if now != want {
				t.Errorf("%v: %v is %v, want %v", c.as, f, now, want)
			}
		}
	}
}

type figure struct{ kind, outcome string }

func figures(t *testing.T) map[figure]float64 {
	t.Helper()
	families, err := prometheus.DefaultGatherer.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[figure]float64{}
	for _, family := range families {
		if family.GetName() != "qihe_text_messages_total" {
			continue
		}
		for _, m := range family.GetMetric() {
			labels := m.GetLabel() // by name: kind, outcome
			all[figure{labels[0].GetValue(), labels[1].GetValue()}] = m.GetCounter().GetValue()
		}
	}
	return all
}
