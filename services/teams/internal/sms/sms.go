// Package sms hands short text messages over to whoever delivers them.
//
// A message says what it is twice: as a text, and as the name of a template
// with its values, because Chinese providers send only texts they approved
// before. A gateway takes whichever it can use:
//
//	Log     writes to the log, for trying Qihe out
//	Aliyun  阿里云短信服务, SendSms with the signature ACS3-HMAC-SHA256
//	HTTP    any other gateway that takes a request with JSON in it
//
// A message that may have been handed over is never handed over again: two
// codes on a phone confuse, and cost twice. Only when the gateway was never
// reached is it tried once more. After five failures in a row the gateway is
// left alone for half a minute, and whoever waits is told at once.
//
// No error of this package holds a phone's number or a text.
package sms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/sony/gobreaker/v2"
)

// Message is one text to one phone.
type Message struct {
	Template string            // what kind it is: CodeTemplate and others
	Values   map[string]string // what the provider's template leaves open
	Text     string            // all of it, for a gateway that sends texts
}

// CodeTemplate is the message that tells a one-time code; its only value is called code.
const CodeTemplate = "code"

// Code returns the message that tells a one-time code.
func Code(digits string) Message {
	return Message{
		Template: CodeTemplate,
		Values:   map[string]string{"code": digits},
		Text:     "【淇河】验证码 " + digits + "，5 分钟内有效。不要告诉别人。",
	}
}

// PhoneChangedTemplate is the message to a number that was somebody's until now.
const PhoneChangedTemplate = "phone.changed"

// PhoneChanged returns that message. It names nobody: the number may be
// another's already.
func PhoneChanged() Message {
	return Message{
		Template: PhoneChangedTemplate,
		Values:   map[string]string{},
		Text:     "【淇河】这个号码已不再用来登录。不是您本人更换的，请马上联系队长或当地妇联。",
	}
}

// Gateway sends messages.
type Gateway interface {
	// Send hands the message over for an 11-digit mainland number. An error
	// says that it was not, or that nobody knows.
	Send(ctx context.Context, phone string, m Message) error
}

// Log writes messages to the log, for trying Qihe out: whoever reads the log
// can sign in as anybody. The phone is masked all the same.
type Log struct{ Log *slog.Logger }

// Send writes the text to the log.
func (l Log) Send(ctx context.Context, phone string, m Message) error {
	l.Log.WarnContext(ctx, "no message gateway: the message stands here", "phone", mask(phone), "text", m.Text)
	return nil
}

func mask(phone string) string {
	if len(phone) != 11 {
		return "***"
	}
	return phone[:3] + "****" + phone[7:]
}

const (
	answerWithin = 5 * time.Second
	failuresMost = 5
	leaveAlone   = 30 * time.Second
)

// caller asks a gateway over HTTP.
type caller struct {
	client  *http.Client
	breaker *gobreaker.CircuitBreaker[*http.Response]
}

func newCaller(name string) caller {
	return caller{
		client: &http.Client{
			Timeout:       answerWithin,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // a signed request is for one address
		},
		breaker: gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{ //nolint:bodyclose // a type, not an answer
			Name:        name,
			Timeout:     leaveAlone,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= failuresMost },
		}),
	}
}

// do sends what build makes. The body of the answer must be closed. build is
// asked again for a second try: a signature counts once.
func (c caller) do(ctx context.Context, build func(ctx context.Context) (*http.Request, error)) (*http.Response, error) {
	return c.breaker.Execute(func() (*http.Response, error) {
		res, err := c.once(ctx, build)
		if neverReached(err) {
			res, err = c.once(ctx, build)
		}
		if err != nil {
			return nil, bare(err)
		}
		if res.StatusCode >= http.StatusInternalServerError {
			_ = res.Body.Close()
			return nil, fmt.Errorf("the gateway answered %d", res.StatusCode)
		}
		return res, nil
	})
}

func (c caller) once(ctx context.Context, build func(ctx context.Context) (*http.Request, error)) (*http.Response, error) {
	req, err := build(ctx)
	if err != nil {
		return nil, err
	}
	return c.client.Do(req)
}

// neverReached reports whether no connection was made, so that nothing can have been sent.
func neverReached(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// bare takes off the address that net/http writes into its errors: a phone's
// number may stand in it.
func bare(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		var op *net.OpError
		if errors.As(err, &op) {
			return op
		}
		err = inner
	}
}
