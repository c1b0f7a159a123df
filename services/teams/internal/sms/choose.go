package sms

import (
	"fmt"
	"log/slog"
	"net/url"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/house"
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
	Plain     bool              `env:"PLAIN"` // the way to a gateway without HTTPS is ours, although its address does not say so
}

// Sends reports whether messages leave this computer.
func (s Settings) Sends() bool { return s.Gateway != "" && s.Gateway != "log" }

// Choose returns the gateway that the settings describe, or an error that says
// what is wrong with them.
func Choose(s Settings, c clock.Clock, log *slog.Logger) (Gateway, error) {
	if err := s.keepsTo(); err != nil {
		return nil, err
	}
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

// keepsTo returns an error for a way on which others could read the codes that
// people sign in with: without HTTPS a gateway is one of the house, or the
// operator says that the way to it is.
func (s Settings) keepsTo() error {
	to, err := url.Parse(s.URL)
	if err != nil || s.Plain || to.Scheme != "http" || house.Has(to.Hostname()) {
		return nil // what is no address is refused by the gateway itself
	}
	return fmt.Errorf("短信网关 %[1]s 没有加密（http），路上的人能看到验证码：请用 https；线路确实是自己的（如政务外网），加上 TEAMS_SMS_PLAIN=true\n"+
		"messages to %[1]s would go without encryption, and whoever is on the way reads the codes: use https, or set TEAMS_SMS_PLAIN=true if the line is your own", to.Host)
}
