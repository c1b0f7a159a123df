package compose_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

type object map[string]any

// visitor is somebody with a phone, signed in. Caddy stands in front of the portal
// only in containers; the cookies that a browser keeps for HTTPS are kept here.
type visitor struct {
	t           *testing.T
	url, cookie string
}

// signIn goes the way everybody goes: number, message, six digits.
func signIn(t *testing.T, url string, phones *gateway, phone string) visitor {
	t.Helper()
	v := visitor{t: t, url: url}
	_, asked := v.ask(http.MethodPost, "/api/teams/v1/sign-in-codes", object{"phone": phone})
	v.cookie = asked["__Host-qihe-browser"] // a code is good where it was asked for
	wait.Until(t, "a text message", func() bool { return phones.code(phone) != "" })
	_, signedIn := v.ask(http.MethodPost, "/api/teams/v1/sessions", object{"phone": phone, "code": phones.code(phone)})
	v.cookie = signedIn["__Host-qihe"]
	return v
}

func (v visitor) get(path string) any {
	v.t.Helper()
	answer, _ := v.ask(http.MethodGet, path, nil)
	return answer
}

func (v visitor) post(path string, body object) any {
	v.t.Helper()
	answer, _ := v.ask(http.MethodPost, path, body)
	return answer
}

func (v visitor) ask(method, path string, body object) (answer any, cookies map[string]string) {
	v.t.Helper()
	answer, cookies, err := v.try(method, path, body)
	must(v.t, err)
	return answer, cookies
}

// once makes one attempt at something that the key names, and returns whatever was answered.
func (v visitor) once(ctx context.Context, method, path, key string, body []byte) (status int, answer []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, method, v.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Cookie", v.cookie)
	if method != http.MethodGet {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// try asks, and returns an error when it is refused.
func (v visitor) try(method, path string, body object) (answer any, cookies map[string]string, err error) {
	v.t.Helper()
	res := v.open(method, path, body)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &answer)
	}
	if err != nil || res.StatusCode >= 300 {
		return nil, nil, fmt.Errorf("%s %s: %s %s %w", method, path, res.Status, raw, err)
	}
	cookies = map[string]string{}
	for _, c := range res.Cookies() {
		cookies[c.Name] = c.Name + "=" + c.Value
	}
	return answer, cookies, nil
}

func (v visitor) open(method, path string, body object) *http.Response {
	v.t.Helper()
	sent := ""
	if body != nil {
		raw, err := json.Marshal(body)
		must(v.t, err)
		sent = string(raw)
	}
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.url+path, strings.NewReader(sent))
	must(v.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Cookie", v.cookie)
	res, err := client.Do(req)
	must(v.t, err)
	return res
}

// follow opens a live stream and yields the data of its events.
func (v visitor) follow(path string) <-chan string {
	v.t.Helper()
	res := v.open(http.MethodGet, path, nil)
	return visit.Events(v.t, res)
}

// scan opens the link of the code that the leader's screen shows now, and checks
// in or out with the ticket it leads to.
func (v visitor) scan(key []byte, shift, kind string) {
	v.t.Helper()
	must(v.t, v.tryScan(key, shift, kind))
}

func (v visitor) mayScan(key []byte, shift, kind string) bool {
	v.t.Helper()
	return v.tryScan(key, shift, kind) == nil
}

func (v visitor) tryScan(key []byte, shift, kind string) error {
	v.t.Helper()
	res := v.open(http.MethodGet, "/c/"+shift+"/"+visit.CodeAt(key, shift, time.Now()), nil)
	_ = res.Body.Close()
	_, ticket, found := strings.Cut(res.Header.Get("Location"), "#t=")
	if !found {
		return fmt.Errorf("the link leads to %q", res.Header.Get("Location"))
	}
	for _, c := range res.Cookies() { // a ticket is good in the browser that opened the link
		v.cookie += "; " + c.Name + "=" + c.Value
	}
	_, _, err := v.try(http.MethodPost, "/api/tasks/v1/claims", object{"claim_id": id.New(), "shift_id": shift, "kind": kind, "ticket": ticket})
	return err
}
