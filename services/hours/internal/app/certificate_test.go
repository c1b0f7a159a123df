package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

const qibin = "4106/410611/"

// office is a town whose office of 淇滨区 issues certificates, with an officer.
type office struct {
	*town
	vault   *vault.Vault
	officer string
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{town: newTown(t), officer: id.New()}
	path := t.TempDir() + "/keys.json"
	o.must(vault.EnsureKeys(path))
	var err error
	o.vault, err = vault.Load(path)
	o.must(err)
	o.SetPapers(o.vault, "https://qihe.example/")
	o.teams.add(people.Person{VolunteerID: o.officer, Name: "赵经办", Version: 1})
	_, err = o.SetIssuer(o.as(o.officer, "administrator", qibin), domain.Issuer{
		RegionCode: "410611", Name: "鹤壁市淇滨区妇女联合会", InCharge: "孙负责", Contact: "0392-3316117", ValidFrom: domain.DayOf(o.clock.Now()),
	})
	o.must(err)
	return o
}

// as returns a context on behalf of somebody who may hold a role over a region.
func (o *office) as(volunteerID string, grant ...string) context.Context {
	p := auth.Principal{VolunteerID: volunteerID}
	if len(grant) == 2 {
		p.Grants = []auth.Grant{{Role: grant[0], RegionPath: grant[1]}}
	}
	return idempotency.WithKey(auth.With(o.t.Context(), p), id.New())
}

func (o *office) issuing() context.Context { return o.as(o.officer, "coordinator", qibin) }

// volunteer returns somebody of 淇滨区 with a paper, and two settled hours in the log.
func (o *office) volunteer(name string) string {
	o.t.Helper()
	v := id.New()
	o.teams.add(people.Person{VolunteerID: v, Name: name, Number: "HB2600000017", RegionCode: "410611", Identified: true, Version: 1})
	o.teams.identify(v, people.Identity{Name: name, Number: "HB2600000017", IDKind: "resident", IDNumber: "410621196505201229"})
	o.credit(o.attendance(by(v, 120)))
	return v
}

// settle lets the time of publicity pass, and brings all lines into a signed checkpoint.
func (o *office) settle() {
	o.t.Helper()
	o.clock.Leap(8 * 24 * time.Hour)
	wait.Until(o.t, "the log to hold all lines", func() bool {
		_, err := o.LogLines(o.t.Context())
		o.must(err)
		var open int
		o.must(o.db.Owner(o.t).Get(&open, `SELECT count(*) FROM entries e WHERE NOT EXISTS (SELECT FROM log_leaves l WHERE l.entry_id = e.id)
			OR (SELECT count(*) FROM log_leaves) > (SELECT COALESCE(max(size), 0) FROM log_checkpoints)`))
		if open > 0 {
			o.clock.Leap(time.Minute) // a checkpoint is signed every minute
		}
		return open == 0
	})
}

func (o *office) ask(volunteerID string) string {
	o.t.Helper()
	request, err := o.AskForCertificate(o.as(volunteerID), domain.CertificateRequest{Note: "研究生复试"})
	o.must(err)
	return request
}

func (o *office) issue(requestID string) app.Issued {
	o.t.Helper()
	issued, err := o.IssueCertificates(o.issuing(), []string{requestID})
	o.must(err)
	return issued[0]
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	anne := o.volunteer("李𬭚")
	if _, err := o.AskForCertificate(o.as(anne), domain.CertificateRequest{}); !errors.Is(err, domain.ErrNothingSettled) {
		t.Fatalf("hours in their time of publicity are certified: %v", err)
	}
	o.settle()
	request := o.ask(anne)
	if _, err := o.AskForCertificate(o.as(anne), domain.CertificateRequest{}); !errors.Is(err, domain.ErrRequestWaiting) {
		t.Errorf("a second request: %v", err)
	}
	waiting, _, err := o.ListRequests(o.issuing(), "410611", "", 10)
	o.must(err)
	if len(waiting) != 1 || waiting[0].Minutes != 120 || waiting[0].Person.Name != "李𬭚" || waiting[0].Refused != "" || waiting[0].Note != "研究生复试" {
		t.Errorf("the queue holds %+v", waiting)
	}
	done := o.issue(request)
	if done.Number != "ZM410611-2026-00001" || done.Refused != "" {
		t.Fatalf("issued %+v", done)
	}
	mine, err := o.MyCertificates(o.as(anne))
	o.must(err)
	if len(mine.Waiting) != 0 || len(mine.Certificates) != 1 || mine.Minutes != 120 || !mine.Identified {
		t.Fatalf("mine are %+v", mine)
	}
	c := mine.Certificates[0]
	want := domain.Content{Times: 1, Activities: []domain.CertifiedActivity{{Day: "2026-11-24", Title: "淇河岸边捡拾垃圾", Team: "桂鹤社区巾帼志愿服务队", Minutes: 120}}, Programmes: []domain.CertifiedSum{{Programme: "保护淇河", Times: 1, Minutes: 120}}}
	if diff := cmp.Diff(want, c.Content); diff != "" || c.Minutes != 120 || c.LogSize < 1 || len(c.Code) != 13 || c.Issuer.InCharge != "孙负责" {
		t.Errorf("%+v, content (-want +got):\n%s", c, diff)
	}

	t.Run("the same once more issues nothing", func(t *testing.T) {
		if again := o.issue(request); again.Refused != domain.ErrNoRequest.Code {
			t.Errorf("issued again: %+v", again)
		}
	})
	t.Run("she and the office draw it, and the office's look is recorded", func(t *testing.T) {
		for _, ctx := range []context.Context{o.as(anne), o.issuing()} {
			pdf, name, err := o.DrawCertificate(ctx, c.ID)
			if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) || name != "志愿服务记录证明-ZM410611-2026-00001.pdf" {
				t.Errorf("%s: %v", name, err)
			}
		}
		var takers []string
		o.must(o.db.Owner(t).Select(&takers, `SELECT taken_by FROM certificate_takings WHERE certificate_id = $1`, c.ID))
		if diff := cmp.Diff([]string{o.officer}, takers); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("for others it is not there", func(t *testing.T) {
		for name, ctx := range map[string]context.Context{
			"another volunteer": o.as(id.New()), "a viewer": o.as(o.officer, "viewer", qibin), "another county": o.as(o.officer, "administrator", "4106/410621/"),
		} {
			if _, _, err := o.DrawCertificate(ctx, c.ID); !errors.Is(err, domain.ErrNoCertificate) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	t.Run("nothing of a person stands in the tables in clear", func(t *testing.T) {
		var found int
		o.must(o.db.Owner(t).Get(&found, `SELECT count(*) FROM (
			SELECT c::text AS row FROM certificates c UNION ALL SELECT f::text FROM certificate_faces f UNION ALL SELECT r::text FROM certificate_requests r
			UNION ALL SELECT i::text FROM certificate_issuers i UNION ALL SELECT k.response::text FROM idempotency_keys k UNION ALL SELECT b.body::text FROM outbox b) AS all_rows
			WHERE row LIKE '%李𬭚%' OR row LIKE '%孙负责%' OR row LIKE '%赵经办%' OR row LIKE '%4106211965%' OR row LIKE '%研究生%'`))
		if found != 0 {
			t.Errorf("%d rows name somebody", found)
		}
	})
	t.Run("the register refuses changes, even to its owner", func(t *testing.T) {
		for _, change := range []string{`UPDATE certificates SET minutes = 9999`, `DELETE FROM certificates`, `DELETE FROM certificate_issuers`} {
			if _, err := o.db.Owner(t).Exec(change); err == nil {
				t.Errorf("%s went through", change)
			}
		}
	})
	t.Run("who is erased leaves a certificate that says nothing of them", func(t *testing.T) {
		o.inTx(func(q postgres.Querier) error {
			return o.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: anne, Erased: true, Version: 9}})
		})
		if _, _, err := o.DrawCertificate(o.issuing(), c.ID); !errors.Is(err, domain.ErrNoCertificate) {
			t.Errorf("it can still be drawn: %v", err)
		}
		var left int
		o.must(o.db.Owner(t).Get(&left, `SELECT (SELECT count(*) FROM certificate_faces) + (SELECT count(*) FROM certificate_requests WHERE sealed_note IS NOT NULL)`))
		if left != 0 {
			t.Errorf("%d sealed things are left", left)
		}
	})
}

// What a question holds does not count until it is let go, nor what was undone.
func TestWhatCounts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.volunteer("李桂英")
	o.credit(o.attendance(by(v, 60), at(o.clock.Now().Add(-27*time.Hour))), o.attendance(by(v, 30), at(o.clock.Now().Add(-51*time.Hour))))
	minutes := func() int {
		mine, err := o.MyCertificates(o.as(v))
		o.must(err)
		return mine.Minutes
	}
	if got := minutes(); got != 0 {
		t.Errorf("%d minutes count in their time of publicity", got)
	}
	o.inTx(func(q postgres.Querier) error {
		lines, err := store.ListEntries(t.Context(), q, []string{v}, 1<<60, 10)
		o.must(err)
		for _, l := range lines {
			if l.Minutes == 60 {
				change, ok := l.Hold(id.New(), o.clock.Now())
				if !ok {
					t.Fatal("the line cannot be held")
				}
				o.must(store.InsertSettlingChanges(t.Context(), q, change))
			}
			if l.Minutes == 30 {
				_, err := q.ExecContext(t.Context(), `INSERT INTO entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
						minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on)
					SELECT gen_random_uuid(), volunteer_id, team_id, programme_id, region_path, reporting_unit, 'reversal', account, verification,
						-minutes, started_at, ended_at, 'entry', id, title, confirmed_by, confirmed_at, recorded_at, settles_on
					FROM entries WHERE id = $1`, l.ID)
				o.must(err)
			}
		}
		return nil
	})
	o.clock.Leap(8 * 24 * time.Hour)
	if got := minutes(); got != 120 {
		t.Errorf("%d minutes count, want 120", got)
	}
}

func TestWhoIssues(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	anne, unnamed := o.volunteer("李桂英"), id.New()
	o.credit(o.attendance(by(unnamed, 60)))
	o.teams.add(people.Person{VolunteerID: unnamed, Name: "王无证", Version: 1})
	o.settle()
	if _, err := o.AskForCertificate(o.as(unnamed), domain.CertificateRequest{}); !errors.Is(err, domain.ErrNoPaper) {
		t.Errorf("asked without a paper: %v", err)
	}
	request := o.ask(anne)
	for name, c := range map[string]struct {
		ctx  context.Context
		code string
	}{
		"a viewer of the county":        {o.as(o.officer, "viewer", qibin), domain.ErrNotIssuing.Code},
		"a coordinator of a township":   {o.as(o.officer, "coordinator", qibin+"410611001/"), ""},
		"an administrator of another":   {o.as(o.officer, "administrator", "4106/410621/"), ""},
		"a volunteer":                   {o.as(anne), ""},
		"an officer, for herself":       {o.as(anne, "coordinator", qibin), domain.ErrOwnCertificate.Code},
		"the same under another record": {o.as(o.officer, "coordinator", qibin), domain.ErrOwnCertificate.Code},
	} {
		if name == "the same under another record" {
			o.inTx(func(q postgres.Querier) error {
				return o.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: o.officer, MergedInto: anne, Version: 2}})
			})
		}
		issued, err := o.IssueCertificates(c.ctx, []string{request})
		if c.code == "" && !errors.Is(err, domain.ErrNoRequest) {
			t.Errorf("%s: %v, %v", name, issued, err)
		}
		if c.code != "" && (err != nil || issued[0].Refused != c.code) {
			t.Errorf("%s: %v, %v, want %s", name, issued, err, c.code)
		}
		o.must(func() error { _, err := o.db.Owner(t).Exec(`DELETE FROM known WHERE kind = 'merged'`); return err }())
	}
	if err := o.WithdrawRequest(o.as(o.officer), request); !errors.Is(err, domain.ErrNoRequest) {
		t.Errorf("somebody else withdraws it: %v", err)
	}
	o.must(o.WithdrawRequest(o.as(anne), request))
	if done := o.issue(request); done.Refused != domain.ErrNoRequest.Code {
		t.Errorf("issued after it was taken back: %+v", done)
	}
}

// Thirty-two officers issue at once, and some want the same: the register of the
// year has each number once and no gap.
func TestNumbersWithoutGaps(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const issuers = 32
	var requests []string
	for i := range issuers {
		requests = append(requests, o.volunteer(fmt.Sprint("志愿者", i)))
	}
	o.settle()
	for i, v := range requests {
		requests[i] = o.ask(v)
	}
	var all sync.WaitGroup
	for i := range issuers {
		all.Go(func() {
			if _, err := o.IssueCertificates(o.issuing(), []string{requests[i], requests[(i*7+1)%issuers]}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var serials []int
	o.must(o.db.Owner(t).Select(&serials, `SELECT serial FROM certificates WHERE issuer = '410611' AND year = 2026 ORDER BY serial`))
	if len(serials) != issuers || serials[0] != 1 || serials[issuers-1] != issuers {
		t.Errorf("the register holds %v", serials)
	}
	t.Run("what is rolled back leaves no gap", func(t *testing.T) {
		undone := errors.New("undone")
		for range 2 {
			err := o.db.InTx(t.Context(), func(q postgres.Querier) error {
				serial, err := store.NextCertificateNumber(t.Context(), q, "410611", 2026)
				if err != nil || serial != issuers+1 {
					t.Errorf("drew %d, %v", serial, err)
				}
				return undone
			})
			if !errors.Is(err, undone) {
				t.Fatal(err)
			}
		}
	})
}
