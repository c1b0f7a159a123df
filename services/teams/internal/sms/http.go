package sms

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// HTTPConfig describes a gateway that takes a request with JSON in it. In the
// values of Headers and anywhere in Body, {phone}, {text}, {template} and
// {code}, or any other value of the message, are filled in; in Body they are
// escaped as JSON, so they belong between quotation marks.
type HTTPConfig struct {
	URL     string
	Method  string            // empty: POST
	Headers map[string]string // Authorization and the like
	Body    string            // {"to": "{phone}", "content": "{text}"}
	Success string            // what a good answer's body holds, as a regular expression; empty: any 2xx is good
}

// HTTP sends by such a gateway.
type HTTP struct {
	HTTPConfig
	success *regexp.Regexp
	caller  caller
}

// NewHTTP returns the gateway, or an error that says what is wrong with the settings.
func NewHTTP(cfg HTTPConfig) (*HTTP, error) {
	if address, err := url.Parse(cfg.URL); err != nil || address.Host == "" {
		return nil, fmt.Errorf("messages by HTTP: %q is no address", cfg.URL)
	}
	if cfg.Method == "" {
		cfg.Method = http.MethodPost
	}
	sample := fill(cfg.Body, "13800000000", Code("000000"), inJSON)
	if !json.Valid([]byte(sample)) {
		return nil, errors.New("messages by HTTP: the body is no JSON; placeholders belong between quotation marks")
	}
	success, err := regexp.Compile(cfg.Success)
	if err != nil {
		return nil, fmt.Errorf("messages by HTTP: what a good answer holds: %w", err)
	}
	return &HTTP{HTTPConfig: cfg, success: success, caller: newCaller("http")}, nil
}

// Send hands the message over.
func (h *HTTP) Send(ctx context.Context, phone string, m Message) error {
	res, err := h.caller.do(ctx, func(ctx context.Context) (*http.Request, error) { return h.request(ctx, phone, m) })
	if err != nil {
		return fmt.Errorf("messages by HTTP: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil {
		return fmt.Errorf("messages by HTTP: read answer: %w", bare(err))
	}
	if res.StatusCode < 200 || res.StatusCode > 299 || !h.success.Match(answer) {
		return fmt.Errorf("messages by HTTP: refused with %d", res.StatusCode)
	}
	return nil
}

func (h *HTTP) request(ctx context.Context, phone string, m Message) (*http.Request, error) {
	body := fill(h.Body, phone, m, inJSON)
	req, err := http.NewRequestWithContext(ctx, h.Method, h.URL, bytes.NewReader([]byte(body)))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range h.Headers {
		req.Header.Set(name, fill(value, phone, m, plain))
	}
	return req, nil
}

// fill replaces the placeholders of a template, in one go: what is filled in
// is not looked at again.
func fill(template, phone string, m Message, encode func(string) string) string {
	pairs := []string{"{phone}", encode(phone), "{text}", encode(m.Text), "{template}", encode(m.Template)}
	for name, value := range m.Values {
		pairs = append(pairs, "{"+name+"}", encode(value))
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

func plain(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) }

// inJSON encodes a text as it stands between the quotation marks of JSON.
func inJSON(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	return string(raw[1 : len(raw)-1])
}
