package sms

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var handedOver = promauto.NewCounterVec(prometheus.CounterOpts{
	Name: "qihe_text_messages_total",
	Help: "Text messages given to the gateway, by whether they are sign-in codes (kind: code, other) and by whether it took them (outcome: sent, failed).",
}, []string{"kind", "outcome"})

func init() {
	for _, kind := range []string{"code", "other"} {
		for _, outcome := range []string{"sent", "failed"} {
			handedOver.WithLabelValues(kind, outcome) // a rate needs a zero to begin at
		}
	}
}

// Counted returns the gateway with its messages counted, for who watches over it.
func Counted(g Gateway) Gateway { return counted{g} }

type counted struct{ Gateway }

// Send hands the message over, and counts what became of it.
func (c counted) Send(ctx context.Context, phone string, m Message) error {
	kind, outcome := "other", "sent"
	if m.Template == CodeTemplate {
		kind = "code"
	}
	err := c.Gateway.Send(ctx, phone, m)
	if err != nil {
		outcome = "failed"
	}
	handedOver.WithLabelValues(kind, outcome).Inc()
	return err
}
