package sms

import (
	"fmt"
	"log/slog"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Settings choose a gateway and describe it, as environment variables below
// the service's own prefix.
type Settings struct {
	Gateway   string            `env:"GATEWAY" envDefault:"log"` // log | aliyun | http
	KeyID     string            `env:"KEY_ID"`
	KeySecret string            `env:"KEY_SECRET,unset"`
	SignName  string            `env:"SIGN_NAME"`
	Templates map[string]string `env:"TEMPLATES"` // code:SMS_123456789,…
	URL       string            `env:"URL"`       // of http; of aliyun only to reach another region's
	Method    string            `env:"METHOD"`
	Headers   map[string]string `env:"HEADERS" envSeparator:"|"` // Authorization:Bearer x|X-App:qihe
	Body      string            `env:"BODY"`
	Success   string            `env:"SUCCESS"`
}

// Choose returns the gateway that the settings describe, or an error that says
// what is wrong with them.
func Choose(s Settings, c clock.Clock, log *slog.Logger) (Gateway, error) {
	switch s.Gateway {
	case "", "log":
		return Log{Log: log}, nil
	case "aliyun":
		return NewAliyun(AliyunConfig{KeyID: s.KeyID, KeySecret: s.KeySecret, SignName: s.SignName, Templates: s.Templates, Endpoint: s.URL, Clock: c})
	case "http":
		return NewHTTP(HTTPConfig{URL: s.URL, Method: s.Method, Headers: s.Headers, Body: s.Body, Success: s.Success})
	}
	return nil, fmt.Errorf("message gateway: %q is none of log, aliyun, http", s.Gateway)
}
