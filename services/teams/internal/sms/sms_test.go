package sms

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
)

const number = "13812345678"

// The example that Alibaba Cloud publishes with the description of the
// signature, its key and result included.
func TestSignaturePublishedExample(t *testing.T) {
	t.Parallel()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
		"https://ecs.cn-shanghai.aliyuncs.com/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Acs-Action", "RunInstances")
	req.Header.Set("X-Acs-Version", "2014-05-26")
	req.Header.Set("X-Acs-Date", "2023-10-26T10:22:32Z")
	req.Header.Set("X-Acs-Signature-Nonce", "3156853299f313e23d1673dc12e1703d")
	sign(req, "YourAccessKeyId", "YourAccessKeySecret")
	want := "ACS3-HMAC-SHA256 Credential=YourAccessKeyId," +
		"SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version," +
		"Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
	if diff := cmp.Diff(want, req.Header.Get("Authorization")); diff != "" {
		t.Error(diff)
	}
}

// signatureOf computes the signature anew from what arrived, in the order in
// which the request names its headers.
func signatureOf(r *http.Request, secret string) (claimed, computed string) {
	parts := regexp.MustCompile(`SignedHeaders=([^,]+),Signature=([0-9a-f]+)$`).FindStringSubmatch(r.Header.Get("Authorization"))
	if parts == nil {
		return "", "unsigned"
	}
	text := r.Method + "\n" + r.URL.EscapedPath() + "\n" + r.URL.RawQuery + "\n"
	for _, name := range strings.Split(parts[1], ";") {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		text += name + ":" + value + "\n"
	}
	body, _ := io.ReadAll(r.Body)
	text += "\n" + parts[1] + "\n" + fmt.Sprintf("%x", sha256.Sum256(body))
	sum := sha256.Sum256([]byte(text))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + hex.EncodeToString(sum[:])))
	return parts[2], hex.EncodeToString(mac.Sum(nil))
}

func aliyunAt(t *testing.T, address string) *Aliyun {
	t.Helper()
	a, err := NewAliyun(AliyunConfig{
		KeyID: "id", KeySecret: "secret", SignName: "鹤壁市妇联", Templates: map[string]string{"code": "SMS_1"},
		Endpoint: address, Clock: clock.System{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAliyun(t *testing.T) {
	t.Parallel()
	t.Run("a message arrives signed, in the approved template", func(t *testing.T) {
		t.Parallel()
		nonces := map[string]bool{}
		gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if claimed, computed := signatureOf(r, "secret"); claimed != computed {
				t.Errorf("signed %s, want %s", claimed, computed)
			}
			got := map[string]string{}
			for name := range r.URL.Query() {
				got[name] = r.URL.Query().Get(name)
			}
			want := map[string]string{"PhoneNumbers": number, "SignName": "鹤壁市妇联", "TemplateCode": "SMS_1", "TemplateParam": `{"code":"012345"}`}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if at, err := time.Parse("2006-01-02T15:04:05Z", r.Header.Get("x-acs-date")); err != nil || time.Since(at).Abs() > time.Minute {
				t.Errorf("date %q", r.Header.Get("x-acs-date"))
			}
			nonces[r.Header.Get("x-acs-signature-nonce")] = true
			_, _ = io.WriteString(w, `{"Code": "OK", "Message": "OK", "RequestId": "r", "BizId": "b"}`)
		}))
		t.Cleanup(gateway.Close)
		a := aliyunAt(t, gateway.URL)
		for range 2 {
			if err := a.Send(t.Context(), number, Code("012345")); err != nil {
				t.Fatal(err)
			}
		}
		if len(nonces) != 2 {
			t.Error("a nonce was used twice")
		}
	})
	t.Run("what RFC 3986 encodes and Go does not is encoded", func(t *testing.T) {
		t.Parallel()
		got := canonicalQuery(map[string][]string{"b": {"a b*~+中"}, "a": {"'"}})
		if diff := cmp.Diff("a=%27&b=a%20b%2A~%2B%E4%B8%AD", got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a refusal names the reason and not the number", func(t *testing.T) {
		t.Parallel()
		gateway := answering(t, http.StatusBadRequest, `{"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "13812345678 is illegal", "RequestId": "r"}`)
		err := aliyunAt(t, gateway.URL).Send(t.Context(), number, Code("012345"))
		if err == nil || !strings.Contains(err.Error(), "isv.MOBILE_NUMBER_ILLEGAL") {
			t.Error(err)
		}
		silent(t, err)
	})
	t.Run("a kind of message without a template is not sent", func(t *testing.T) {
		t.Parallel()
		if err := aliyunAt(t, "http://127.0.0.1:1").Send(t.Context(), number, Message{Template: "poem"}); err == nil {
			t.Error("sent")
		}
	})
	t.Run("missing settings are named at the start", func(t *testing.T) {
		t.Parallel()
		for _, cfg := range []AliyunConfig{{}, {KeyID: "i", KeySecret: "s", SignName: "n"}, {KeyID: "i", KeySecret: "s", SignName: "n", Templates: map[string]string{"code": "x"}, Endpoint: "nowhere"}} {
			if _, err := NewAliyun(cfg); err == nil {
				t.Errorf("accepted: %+v", cfg)
			}
		}
	})
}

func answering(t *testing.T, status int, body string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

// silent makes sure that an error tells neither the phone nor the code.
func silent(t *testing.T, err error) {
	t.Helper()
	if err != nil && (strings.Contains(err.Error(), number) || strings.Contains(err.Error(), "012345")) {
		t.Errorf("the error tells too much: %v", err)
	}
}

func httpAt(t *testing.T, address string) *HTTP {
	t.Helper()
	h, err := NewHTTP(HTTPConfig{
		URL: address + "/send", Headers: map[string]string{"Authorization": "Bearer key", "X-Kind": "{template}"},
		Body: `{"to": ["{phone}"], "content": "{text}", "code": "{code}"}`, Success: `"status":\s*0`,
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHTTP(t *testing.T) {
	t.Parallel()
	t.Run("the template's places are filled, whatever stands in the text", func(t *testing.T) {
		t.Parallel()
		const text = "引号 \" 反斜杠 \\ 换行\n{phone} </script>"
		gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var got map[string]any
			if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
				t.Error(err)
			}
			want := map[string]any{"to": []any{number}, "content": text, "code": "012345"}
			if diff := cmp.Diff(want, got); diff != "" || r.Method != http.MethodPost || r.URL.Path != "/send" {
				t.Errorf("%s %s: %s", r.Method, r.URL, diff)
			}
			if r.Header.Get("Authorization") != "Bearer key" || r.Header.Get("X-Kind") != "code" || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
				t.Errorf("headers %v", r.Header)
			}
			_, _ = io.WriteString(w, `{"status": 0}`)
		}))
		t.Cleanup(gateway.Close)
		m := Message{Template: "code", Values: map[string]string{"code": "012345"}, Text: text}
		if err := httpAt(t, gateway.URL).Send(t.Context(), number, m); err != nil {
			t.Error(err)
		}
	})
	for name, s := range map[string]*httptest.Server{
		"a refusal":                   answering(t, http.StatusForbidden, `{"status": 0}`),
		"a success that says it none": answering(t, http.StatusOK, `{"status": 7, "to": "13812345678"}`),
		"a redirect":                  answering(t, http.StatusFound, `{"status": 0}`),
		"a fault":                     answering(t, http.StatusBadGateway, number),
	} {
		t.Run(name+" is an error that tells nothing of the person", func(t *testing.T) {
			t.Parallel()
			err := httpAt(t, s.URL).Send(t.Context(), number, Code("012345"))
			if err == nil {
				t.Error("taken for a success")
			}
			silent(t, err)
		})
	}
	t.Run("a body that is no JSON is refused at the start", func(t *testing.T) {
		t.Parallel()
		for _, cfg := range []HTTPConfig{{URL: "http://gateway", Body: `{"to": {phone}}x`}, {URL: "nowhere", Body: `{}`}, {URL: "http://gateway", Body: `{}`, Success: "("}} {
			if _, err := NewHTTP(cfg); err == nil {
				t.Errorf("accepted: %+v", cfg)
			}
		}
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	t.Run("a message that may have arrived is not sent again", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int64
		gateway := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			asked.Add(1)
			panic(http.ErrAbortHandler) // the connection breaks after the request was read
		}))
		t.Cleanup(gateway.Close)
		err := httpAt(t, gateway.URL).Send(t.Context(), number, Code("012345"))
		if err == nil || asked.Load() != 1 {
			t.Errorf("asked %d times: %v", asked.Load(), err)
		}
		silent(t, err)
	})
	t.Run("a gateway that was never reached is tried twice, and the error holds no address", func(t *testing.T) {
		t.Parallel()
		a := aliyunAt(t, "http://"+freeport.Address(t))
		err := a.Send(t.Context(), number, Code("012345"))
		if err == nil {
			t.Error("sent to nobody")
		}
		silent(t, err)
	})
	t.Run("after five failures the gateway is left alone", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int64
		gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(http.StatusServiceUnavailable)
		}))
		t.Cleanup(gateway.Close)
		h := httpAt(t, gateway.URL)
		for range 9 {
			if err := h.Send(t.Context(), number, Code("012345")); err == nil {
				t.Fatal("sent")
			}
		}
		if asked.Load() != failuresMost {
			t.Errorf("asked %d times", asked.Load())
		}
	})
}

func TestChoose(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	g, err := Choose(Settings{}, clock.System{}, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Send(t.Context(), number, Code("012345")); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "012345") || strings.Contains(log.String(), number) {
		t.Errorf("log: %s", log.String())
	}
	for _, s := range []Settings{{Gateway: "pigeon"}, {Gateway: "aliyun"}, {Gateway: "http"}} {
		if _, err := Choose(s, clock.System{}, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("chosen: %+v", s)
		}
	}
}
