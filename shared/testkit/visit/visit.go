// Package visit is what tests have in common that visit a whole city by HTTP, as a
// phone does.
package visit

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// CodeAt is what the leader's page draws: see docs/check-in.md.
func CodeAt(key []byte, shift string, at time.Time) string {
	raw, _ := hex.DecodeString(strings.ReplaceAll(shift, "-", ""))
	h := hmac.New(sha256.New, key)
	h.Write([]byte("qihe-code-v1"))
	h.Write(raw)
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix()/10))) //nolint:gosec // after 1970
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

// Events yields the data of a live page's events until it ends, or the test does.
func Events(t testing.TB, live *http.Response) <-chan string {
	t.Helper()
	t.Cleanup(func() { _ = live.Body.Close() })
	events := make(chan string, 100)
	go func() {
		defer close(events)
		for lines := bufio.NewScanner(live.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				events <- data
			}
		}
	}()
	return events
}

// Find walks down an answer. A step with = chooses from a list.
func Find(t testing.TB, answer any, steps ...string) any {
	t.Helper()
	for _, step := range steps {
		name, want, choose := strings.Cut(step, "=")
		if !choose {
			answer = answer.(map[string]any)[name]
			continue
		}
		var found any
		for _, one := range answer.([]any) {
			if fmt.Sprint(one.(map[string]any)[name]) == want {
				found = one
			}
		}
		if found == nil {
			t.Fatalf("nothing with %s in %v", step, answer)
		}
		answer = found
	}
	return answer
}

// Text is Find for a text.
func Text(t testing.TB, answer any, steps ...string) string {
	t.Helper()
	s, ok := Find(t, answer, steps...).(string)
	if !ok {
		t.Fatalf("no text at %v in %v", steps, answer)
	}
	return s
}

// Number is Find for a number.
func Number(t testing.TB, answer any, steps ...string) float64 {
	t.Helper()
	n, ok := Find(t, answer, steps...).(float64)
	if !ok {
		t.Fatalf("no number at %v in %v", steps, answer)
	}
	return n
}
