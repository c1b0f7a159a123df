package sms

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// AliyunConfig is what 阿里云短信服务 gives to its customer.
type AliyunConfig struct {
	KeyID, KeySecret string
	SignName         string            // 短信签名
	Templates        map[string]string // code of the approved template by our name for it: code → SMS_123456789
	Endpoint         string            // empty: https://dysmsapi.aliyuncs.com
	Clock            clock.Clock
}

// Aliyun sends by 阿里云短信服务 (SendSms, version 2017-05-25).
type Aliyun struct {
	AliyunConfig
	base   *url.URL
	caller caller
}

const aliyunEndpoint = "https://dysmsapi.aliyuncs.com"

// NewAliyun returns the gateway, or an error that says which setting is missing.
func NewAliyun(cfg AliyunConfig) (*Aliyun, error) {
	if cfg.KeyID == "" || cfg.KeySecret == "" || cfg.SignName == "" || cfg.Templates[CodeTemplate] == "" {
		return nil, errors.New("aliyun messages need a key id, a key secret, a sign name and a template called " + CodeTemplate)
	}
	if cfg.Endpoint == "" {
		cfg.Endpoint = aliyunEndpoint
	}
	base, err := url.Parse(cfg.Endpoint)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("aliyun messages: %q is no address", cfg.Endpoint)
	}
	return &Aliyun{AliyunConfig: cfg, base: base, caller: newCaller("aliyun")}, nil
}

// Send hands the message over. A kind of message without an approved template is an error.
func (a *Aliyun) Send(ctx context.Context, phone string, m Message) error {
	template := a.Templates[m.Template]
	if template == "" {
		return fmt.Errorf("aliyun messages: no template for %q", m.Template)
	}
	values, err := json.Marshal(m.Values)
	if err != nil {
		return fmt.Errorf("encode values: %w", err)
	}
	query := url.Values{
		"PhoneNumbers": {phone}, "SignName": {a.SignName}, "TemplateCode": {template}, "TemplateParam": {string(values)},
	}
	res, err := a.caller.do(ctx, func(ctx context.Context) (*http.Request, error) { return a.request(ctx, query) })
	if err != nil {
		return fmt.Errorf("aliyun messages: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct{ Code, RequestID string }
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<16)).Decode(&answer); err != nil {
		return fmt.Errorf("aliyun messages: answer of %d cannot be read", res.StatusCode)
	}
	if answer.Code != "OK" { // its Message may repeat the number
		return fmt.Errorf("aliyun messages: refused with %d %s, request %s", res.StatusCode, answer.Code, answer.RequestID)
	}
	return nil
}

func (a *Aliyun) request(ctx context.Context, query url.Values) (*http.Request, error) {
	address := *a.base
	address.Path, address.RawQuery = "/", canonicalQuery(query)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	h := req.Header
	h.Set("X-Acs-Action", "SendSms")
	h.Set("X-Acs-Version", "2017-05-25")
	h.Set("X-Acs-Date", a.Clock.Now().UTC().Format(time.RFC3339))
	h.Set("X-Acs-Signature-Nonce", rand.Text())
	sign(req, a.KeyID, a.KeySecret)
	return req, nil
}

const algorithm = "ACS3-HMAC-SHA256"

// sign puts on the signature of a request without a body: over its method,
// path and query, its host and every header whose name begins with x-acs-.
func sign(req *http.Request, keyID, secret string) {
	empty := sha256.Sum256(nil)
	bodyHash := hex.EncodeToString(empty[:])
	req.Header.Set("X-Acs-Content-Sha256", bodyHash)

	signed := map[string]string{"host": req.URL.Host}
	names := []string{"host"}
	for name, values := range req.Header {
		if name := strings.ToLower(name); strings.HasPrefix(name, "x-acs-") {
			names = append(names, name)
			signed[name] = strings.TrimSpace(values[0])
		}
	}
	slices.Sort(names)
	var headers strings.Builder
	for _, name := range names {
		headers.WriteString(name + ":" + signed[name] + "\n")
	}
	all := strings.Join(names, ";")
	canonical := strings.Join([]string{req.Method, req.URL.Path, req.URL.RawQuery, headers.String(), all, bodyHash}, "\n")
	hash := sha256.Sum256([]byte(canonical))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(algorithm + "\n" + hex.EncodeToString(hash[:])))
	req.Header.Set("Authorization", fmt.Sprintf("%s Credential=%s,SignedHeaders=%s,Signature=%x", algorithm, keyID, all, mac.Sum(nil)))
}

// canonicalQuery sorts by name and encodes as RFC 3986 has it: a space is %20,
// and what Go leaves alone in a query is encoded as well.
func canonicalQuery(query url.Values) string {
	return strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(query.Encode())
}
