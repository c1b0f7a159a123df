package domain_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

var (
	paperDay  = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	firstAid  = domain.QualificationKind{Code: "first_aid", Name: "急救员证", Offered: true, Expires: true, Months: 36, NeedsNumber: true, NeedsIssuer: true}
	aPaper    = domain.Paper{Kind: "first_aid", Issuer: " 鹤壁市红十字会 ", Number: " 豫鹤 2026－00123 ", IssuedOn: "2026-05-12"}
	cityMay12 = time.Date(2026, 5, 12, 0, 0, 0, 0, clock.City)
)

func TestNewQualification(t *testing.T) {
	t.Parallel()
	t.Run("a paper is cleaned, and ends after the usual time", func(t *testing.T) {
		t.Parallel()
		got, err := domain.NewQualification("q", "v", "v", firstAid, aPaper, paperDay)
		want := domain.Qualification{
			ID: "q", VolunteerID: "v", Kind: "first_aid", Issuer: "鹤壁市红十字会", Number: "豫鹤2026-00123", IssuedOn: cityMay12,
			ValidUntil: time.Date(2029, 5, 11, 0, 0, 0, 0, clock.City), State: domain.QualificationClaimed, ClaimedBy: "v", ClaimedAt: paperDay, Version: 1,
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if got.NumberMasked() != "豫鹤********23" {
			t.Error(got.NumberMasked())
		}
	})
	t.Run("what never ends has no last day, whatever is typed", func(t *testing.T) {
		t.Parallel()
		kind, paper := firstAid, aPaper
		kind.Expires, kind.Months, paper.ValidUntil = false, 0, "2001-01-01"
		got, err := domain.NewQualification("q", "v", "v", kind, paper, paperDay)
		if err != nil || !got.ValidUntil.IsZero() || !got.Ends().IsZero() || got.Expired(paperDay.AddDate(90, 0, 0)) {
			t.Error(got, err)
		}
	})
	for name, c := range map[string]struct {
		mod   func(k *domain.QualificationKind, p *domain.Paper)
		field string
		want  error
	}{
		"not offered any more":      {func(k *domain.QualificationKind, _ *domain.Paper) { k.Offered = false }, "kind", domain.ErrNoQualificationKind},
		"no issuer":                 {func(_ *domain.QualificationKind, p *domain.Paper) { p.Issuer = " " }, "issuer", domain.ErrBlank},
		"no number":                 {func(_ *domain.QualificationKind, p *domain.Paper) { p.Number = " " }, "number", domain.ErrBlank},
		"a number that is a word":   {func(_ *domain.QualificationKind, p *domain.Paper) { p.Number = "见原件，谢谢" }, "number", domain.ErrPaperNumber},
		"a number too long":         {func(_ *domain.QualificationKind, p *domain.Paper) { p.Number = strings.Repeat("1", 41) }, "number", domain.ErrPaperNumber},
		"no day":                    {func(_ *domain.QualificationKind, p *domain.Paper) { p.IssuedOn = "" }, "issued_on", domain.ErrBlank},
		"no such day":               {func(_ *domain.QualificationKind, p *domain.Paper) { p.IssuedOn = "2026-02-30" }, "issued_on", domain.ErrDay},
		"issued tomorrow":           {func(_ *domain.QualificationKind, p *domain.Paper) { p.IssuedOn = "2026-11-24" }, "issued_on", domain.ErrDayAhead},
		"ends before it was issued": {func(_ *domain.QualificationKind, p *domain.Paper) { p.ValidUntil = "2026-05-11" }, "valid_until", domain.ErrEndBeforeStart},
		"ended yesterday":           {func(_ *domain.QualificationKind, p *domain.Paper) { p.ValidUntil = "2026-11-22" }, "valid_until", domain.ErrQualificationOver},
		"ends on no day":            {func(_ *domain.QualificationKind, p *domain.Paper) { p.ValidUntil = "2026-13-01" }, "valid_until", domain.ErrDay},
		"ends as the paper says, and it does not": {func(k *domain.QualificationKind, _ *domain.Paper) { k.Months = 0 }, "valid_until", domain.ErrBlank},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind, paper := firstAid, aPaper
			c.mod(&kind, &paper)
			_, err := domain.NewQualification("q", "v", "v", kind, paper, paperDay)
			var wrong *apperr.Error
			if !errors.As(err, &wrong) || !errors.Is(err, c.want) || wrong.Fields[0].Name != c.field {
				t.Error(err)
			}
		})
	}
}

func TestQualificationLife(t *testing.T) {
	t.Parallel()
	const she, officer, other = "she", "officer", "other"
	claimed, err := domain.NewQualification("q", she, she, firstAid, aPaper, paperDay)
	if err != nil {
		t.Fatal(err)
	}
	in := func(state domain.QualificationState) domain.Qualification {
		f := claimed
		if f.State = state; state != domain.QualificationClaimed {
			f.DecidedBy, f.DecidedAt, f.Version = other, paperDay, 2
		}
		return f
	}
	decide := func(v domain.QualificationState, by, reason string) func(*domain.Qualification) (bool, error) {
		return func(f *domain.Qualification) (bool, error) { return f.Decide(v, by, reason, paperDay) }
	}
	withdraw := func(by, reason string) func(*domain.Qualification) (bool, error) {
		return func(f *domain.Qualification) (bool, error) { return f.Withdraw(by, reason, paperDay) }
	}
	for name, c := range map[string]struct {
		from    domain.QualificationState
		do      func(*domain.Qualification) (bool, error)
		to      domain.QualificationState
		changed bool
		want    error
	}{
		"an officer confirms":                   {domain.QualificationClaimed, decide(domain.QualificationConfirmed, officer, ""), domain.QualificationConfirmed, true, nil},
		"once more changes nothing":             {domain.QualificationConfirmed, decide(domain.QualificationConfirmed, officer, ""), domain.QualificationConfirmed, false, nil},
		"an officer refuses, with a reason":     {domain.QualificationClaimed, decide(domain.QualificationRefused, officer, "编号查不到"), domain.QualificationRefused, true, nil},
		"not without a reason":                  {domain.QualificationClaimed, decide(domain.QualificationRefused, officer, " "), domain.QualificationClaimed, false, domain.ErrReason},
		"not their own":                         {domain.QualificationClaimed, decide(domain.QualificationConfirmed, she, ""), domain.QualificationClaimed, false, domain.ErrOwnQualification},
		"not what a colleague refused":          {domain.QualificationRefused, decide(domain.QualificationConfirmed, officer, ""), domain.QualificationRefused, false, domain.ErrQualificationDecided},
		"not what a colleague confirmed":        {domain.QualificationConfirmed, decide(domain.QualificationRefused, officer, "假的"), domain.QualificationConfirmed, false, domain.ErrQualificationDecided},
		"not what was taken back":               {domain.QualificationWithdrawn, decide(domain.QualificationConfirmed, officer, ""), domain.QualificationWithdrawn, false, domain.ErrQualificationDecided},
		"she takes back what waits":             {domain.QualificationClaimed, withdraw(she, ""), domain.QualificationWithdrawn, true, nil},
		"she takes back what counts":            {domain.QualificationConfirmed, withdraw(she, ""), domain.QualificationWithdrawn, true, nil},
		"once more takes nothing":               {domain.QualificationWithdrawn, withdraw(she, ""), domain.QualificationWithdrawn, false, nil},
		"an officer revokes, with a reason":     {domain.QualificationConfirmed, withdraw(officer, "证书被吊销"), domain.QualificationWithdrawn, true, nil},
		"nobody revokes without a reason":       {domain.QualificationConfirmed, withdraw(officer, ""), domain.QualificationConfirmed, false, domain.ErrReason},
		"what was refused cannot be taken back": {domain.QualificationRefused, withdraw(she, ""), domain.QualificationRefused, false, domain.ErrQualificationDecided},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := in(c.from)
			before := f.Version
			changed, err := c.do(&f)
			if changed != c.changed || f.State != c.to || !errors.Is(err, c.want) || (f.Version == before+1) != c.changed {
				t.Error(changed, f.State, f.Version, err)
			}
		})
	}
	t.Run("it is good on its last day, and not confirmed after it", func(t *testing.T) {
		t.Parallel()
		f := in(domain.QualificationClaimed)
		last := time.Date(2029, 5, 11, 23, 59, 59, 0, clock.City)
		if f.Expired(last) || !f.Expired(last.Add(time.Second)) || !f.Ends().Equal(last.Add(time.Second)) {
			t.Error(f.Ends())
		}
		if _, err := f.Decide(domain.QualificationConfirmed, officer, "", last.Add(time.Second)); !errors.Is(err, domain.ErrQualificationOver) {
			t.Error(err)
		}
	})
}

func TestMoveQualifications(t *testing.T) {
	t.Parallel()
	paper := func(id, of, kind string, state domain.QualificationState, by string) domain.Qualification {
		return domain.Qualification{ID: id, VolunteerID: of, Kind: kind, State: state, DecidedBy: by, Version: 1}
	}
	got := domain.MoveQualifications([]domain.Qualification{
		paper("waits", "kept", "lawyer", domain.QualificationClaimed, ""),
		paper("waits too", "gone", "lawyer", domain.QualificationClaimed, ""),
		paper("counts", "gone", "nurse", domain.QualificationConfirmed, "officer"),
		paper("stays", "kept", "nurse", domain.QualificationConfirmed, "officer"),
		paper("confirmed by herself", "kept", "teacher", domain.QualificationConfirmed, "gone"),
		paper("confirmed by an older record", "gone", "mediator", domain.QualificationConfirmed, "older"),
	}, "kept", []string{"kept", "gone", "older"}, "merger", paperDay)
	lines := []string{}
	for _, f := range got {
		lines = append(lines, f.ID+": "+string(f.State)+" of "+f.VolunteerID+", decided by "+f.DecidedBy)
	}
	want := []string{
		"waits too: withdrawn of kept, decided by merger", "counts: confirmed of kept, decided by officer",
		"confirmed by herself: claimed of kept, decided by ", "confirmed by an older record: claimed of kept, decided by ",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}
