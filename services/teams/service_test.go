package teams_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/services/teams/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// phones collects what was sent.
type phones chan string

func (p phones) Send(_ context.Context, _ string, m teams.Message) error { p <- m.Text; return nil }

// running is the service as production runs it, on the demo city, with a
// portal that is only its key.
type running struct {
	cfg    teams.Config
	city   *demo.City
	signer *auth.Signer
	phones phones
	ended  chan error
	stop   context.CancelFunc
}

func givenRunning(t *testing.T) *running {
	t.Helper()
	db := pgtest.New(t, "teams", outbox.Migrations(), idempotency.Migrations(), migrations.Set())
	r := &running{phones: make(phones, 16), ended: make(chan error, 1)}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	r.signer = auth.NewSigner(key, clock.System{})
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(r.signer.PublicKeys())
	}))
	t.Cleanup(portal.Close)
	r.city, err = demo.NewCity(demo.Options{Scale: 0.01, Day: time.Now()})
	must(t, err)
	r.cfg = teams.Config{
		Address: freeport.Address(t), DatabaseURL: db.URL, OwnerDatabaseURL: db.OwnerURL, NATSURL: bustest.Start(t),
		PortalURL: portal.URL, InternalSecret: "between services", KeyFile: filepath.Join(t.TempDir(), "keys.json"), MakeKeyFile: true,
		Messages: r.phones, Log: slog.New(slog.DiscardHandler),
	}
	must(t, teams.LoadDemo(t.Context(), r.cfg, r.city))

	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() { r.ended <- teams.Run(ctx, r.cfg) }()
	t.Cleanup(func() { stop(); <-r.ended })
	wait.Until(t, "the service to be ready", func() bool {
		res, err := http.Get("http://" + r.cfg.Address + "/readyz")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusNoContent
	})
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// call sends JSON and returns the answer; into may be nil.
func (r *running) call(t *testing.T, method, path, bearer string, body, into any) *http.Response {
	t.Helper()
	raw, err := json.Marshal(body)
	must(t, err)
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+r.cfg.Address+path, bytes.NewReader(raw))
	must(t, err)
	req.Header.Set("Content-Type", "application/json")
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	res, err := http.DefaultClient.Do(req)
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	must(t, err)
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, answer)
		}
	}
	return res
}

type live struct {
	SessionID   string       `json:"session_id"`
	VolunteerID string       `json:"volunteer_id"`
	Grants      []auth.Grant `json:"grants"`
}

// signIn goes the way of a person at the door: number, code, cookie.
func (r *running) signIn(t *testing.T, phone string) (secret string, session live) {
	t.Helper()
	if res := r.call(t, "POST", "/api/teams/v1/sign-in-codes", "", map[string]string{"phone": phone}, nil); res.StatusCode != http.StatusAccepted {
		t.Fatalf("asking for a code: %s", res.Status)
	}
	code := regexp.MustCompile(`\d{6}`).FindString(<-r.phones)
	res := r.call(t, "POST", "/api/teams/v1/sessions", "", map[string]string{"phone": phone, "code": code}, nil)
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("signing in: %s", res.Status)
	}
	secret = res.Header.Get("Qihe-Session")
	if res := r.call(t, "POST", "/internal/v1/sessions/lookup", r.cfg.InternalSecret, map[string]string{"secret": secret}, &session); res.StatusCode != http.StatusOK {
		t.Fatalf("looking the session up: %s", res.Status)
	}
	return secret, session
}

func (r *running) token(t *testing.T, s live) string {
	t.Helper()
	token, err := r.signer.Token(auth.Principal{VolunteerID: s.VolunteerID, SessionID: s.SessionID, Grants: s.Grants})
	must(t, err)
	return token
}

func TestRun(t *testing.T) {
	t.Parallel()
	r := givenRunning(t)
	leader := r.city.Accounts()[1]
	secret, session := r.signIn(t, leader.Phone)
	if len(secret) != 43 { // 256 bits in base64
		t.Errorf("secret of %d characters", len(secret))
	}

	t.Run("the person of the demo city is who signed in", func(t *testing.T) {
		var me struct {
			Name        string `json:"name"`
			Memberships []any  `json:"memberships"`
		}
		r.call(t, "GET", "/api/teams/v1/me", r.token(t, session), nil, &me)
		if me.Name != leader.Name || len(me.Memberships) == 0 {
			t.Errorf("got %+v, want %s", me, leader.Name)
		}
	})
	t.Run("an officer's grant is in the session", func(t *testing.T) {
		_, officer := r.signIn(t, r.city.Accounts()[2].Phone)
		if len(officer.Grants) == 0 || officer.Grants[0].RegionPath != "4106/" {
			t.Errorf("grants %+v", officer.Grants)
		}
	})
	t.Run("another service learns names, and only with the internal secret", func(t *testing.T) {
		v := r.city.Volunteers[0]
		var got people.Answer
		r.call(t, "POST", people.Path, r.cfg.InternalSecret, people.Query{IDs: []string{v.ID}}, &got)
		want := people.Answer{Items: []people.Person{{
			VolunteerID: v.ID, Name: v.Name, Number: v.Number, PhoneMasked: v.Phone[:3] + "****" + v.Phone[7:],
			BoardConsent: v.BoardConsent, RankConsent: v.BoardConsent, Version: 1,
		}}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		for _, secret := range []string{"", "a guess", r.token(t, session)} {
			res := r.call(t, "POST", people.Path, secret, people.Query{IDs: []string{v.ID}}, nil)
			if res.StatusCode != http.StatusNotFound {
				t.Errorf("with %q: %s", secret, res.Status)
			}
		}
	})
	t.Run("signing out ends the session and tells the others", func(t *testing.T) {
		told := r.listen(t)
		if res := r.call(t, "DELETE", "/api/teams/v1/sessions/current", r.token(t, session), nil, nil); res.StatusCode != http.StatusNoContent {
			t.Fatal(res.Status)
		}
		if res := r.call(t, "POST", "/internal/v1/sessions/lookup", r.cfg.InternalSecret, map[string]string{"secret": secret}, nil); res.StatusCode != http.StatusNotFound {
			t.Error(res.Status)
		}
		got := <-told
		if diff := cmp.Diff(teamsv1.SessionRevoked{SessionID: session.SessionID, VolunteerID: session.VolunteerID, RevokedAt: got.RevokedAt, Version: 2}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("another key file is refused at the start", func(t *testing.T) {
		cfg := r.cfg
		cfg.KeyFile = filepath.Join(t.TempDir(), "keys.json")
		if err := teams.Run(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), "sealed value refused") {
			t.Error(err)
		}
	})
	t.Run("it ends without an error when it is told to", func(t *testing.T) {
		start := time.Now()
		r.stop()
		err := <-r.ended
		r.ended <- nil
		if err != nil || time.Since(start) > wait.Allowed(5*time.Second) {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

// listen returns the next revoked session that the bus delivers.
func (r *running) listen(t *testing.T) <-chan teamsv1.SessionRevoked {
	t.Helper()
	b, err := bus.Connect(t.Context(), r.cfg.NATSURL, "test", r.cfg.Log)
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	told := make(chan teamsv1.SessionRevoked, 16)
	go func() {
		done <- b.Consume(ctx, bus.Subscription{
			Stream: teamsv1.Stream, Durable: "test", Subjects: []string{teamsv1.SessionRevoked{}.Subject()},
			Handle: func(_ context.Context, batch []bus.Delivery) error {
				for _, d := range batch {
					var e teamsv1.SessionRevoked
					if err := json.Unmarshal(d.Data, &e); err != nil {
						return err
					}
					told <- e
				}
				return nil
			},
		})
	}()
	t.Cleanup(func() { stop(); <-done; b.Close() })
	return told
}
