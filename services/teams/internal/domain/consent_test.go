package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

func consentTexts() []domain.ConsentText {
	return []domain.ConsentText{
		{Purpose: domain.BoardName, Version: 1, From: noon.AddDate(-1, 0, 0)},
		{Purpose: domain.BoardName, Version: 2, From: noon.AddDate(0, -1, 0)},
		{Purpose: domain.BoardName, Version: 3, From: noon.AddDate(0, 1, 0), Material: true},
		{Purpose: domain.RankNeighbours, Version: 1, From: noon.AddDate(0, 1, 0)},
	}
}

func TestCurrentText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		purpose domain.Purpose
		at      time.Time
		want    int
		err     error
	}{
		"the newest that is good now":           {domain.BoardName, noon, 2, nil},
		"one that begins now":                   {domain.BoardName, noon.AddDate(0, 1, 0), 3, nil},
		"none is good yet":                      {domain.RankNeighbours, noon, 0, domain.ErrNoPurpose},
		"nobody is asked for something like it": {domain.CheckInLocation, noon, 0, domain.ErrNoPurpose},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := domain.CurrentText(consentTexts(), c.purpose, c.at)
			if got.Version != c.want || !errors.Is(err, c.err) {
				t.Error(got, err)
			}
		})
	}
}

func TestStateOf(t *testing.T) {
	t.Parallel()
	yes := func(version, day int) domain.Consent {
		return domain.Consent{Purpose: domain.BoardName, TextVersion: version, Given: true, At: noon.AddDate(0, 0, day)}
	}
	no := domain.Consent{Purpose: domain.BoardName, TextVersion: 2, At: noon.AddDate(0, 0, 2)}
	other := domain.Consent{Purpose: domain.RankNeighbours, TextVersion: 1, Given: true, At: noon}
	later := noon.AddDate(0, 2, 0)
	for name, c := range map[string]struct {
		said  []domain.Consent
		at    time.Time
		want  domain.ConsentState
		since time.Time
	}{
		"silence is no yes":                        {nil, noon, domain.ConsentNever, time.Time{}},
		"a yes to something else is none":          {[]domain.Consent{other}, noon, domain.ConsentNever, time.Time{}},
		"a yes counts":                             {[]domain.Consent{yes(2, 1), other}, noon, domain.ConsentGiven, noon.AddDate(0, 0, 1)},
		"a yes to earlier words counts":            {[]domain.Consent{yes(1, 0)}, noon, domain.ConsentGiven, noon},
		"the last word counts":                     {[]domain.Consent{yes(2, 1), no}, noon, domain.ConsentWithdrawn, no.At},
		"after a no, a yes counts again":           {[]domain.Consent{yes(2, 1), no, yes(2, 3)}, noon, domain.ConsentGiven, noon.AddDate(0, 0, 3)},
		"words that say more want a new yes":       {[]domain.Consent{yes(2, 1)}, later, domain.ConsentRenew, noon.AddDate(0, 0, 1)},
		"a yes to the words that say more counts":  {[]domain.Consent{yes(2, 1), yes(3, 40)}, later, domain.ConsentGiven, noon.AddDate(0, 0, 40)},
		"a no needs no renewal, whatever is new":   {[]domain.Consent{yes(2, 1), no}, later, domain.ConsentWithdrawn, no.At},
		"words that are not good yet want nothing": {[]domain.Consent{yes(2, 1)}, noon, domain.ConsentGiven, noon.AddDate(0, 0, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state, since := domain.StateOf(c.said, consentTexts(), domain.BoardName, c.at)
			if state != c.want || !since.Equal(c.since) {
				t.Errorf("%s since %s", state, since)
			}
		})
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	text := domain.ConsentText{Purpose: domain.BoardName, Version: 2}
	adult := domain.Volunteer{ID: "v"}
	minor := domain.Volunteer{ID: "v", Minor: true, AdultOn: noon.AddDate(0, 1, 0)}
	for name, c := range map[string]struct {
		who     domain.Volunteer
		version int
		given   bool
		at      time.Time
		err     error
	}{
		"a yes to the words that are shown":       {adult, 2, true, noon, nil},
		"a yes to words that were shown before":   {adult, 1, true, noon, domain.ErrTextChanged},
		"a no, whatever was shown":                {adult, 1, false, noon, nil},
		"a minor's yes is the guardian's to give": {minor, 2, true, noon, domain.ErrGuardianDecides},
		"a minor's no is their own":               {minor, 2, false, noon, nil},
		"whoever has turned eighteen says yes":    {minor, 2, true, minor.AdultOn, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.who.Say(text, c.version, c.given, c.at)
			if !errors.Is(err, c.err) {
				t.Fatal(err)
			}
			if err != nil {
				return
			}
			want := domain.Consent{ID: got.ID, VolunteerID: "v", Purpose: domain.BoardName, TextVersion: 2, Given: c.given, At: c.at, SaidBy: domain.SaidBySelf, RecordedBy: "v"}
			if diff := cmp.Diff(want, got); diff != "" || got.ID == "" {
				t.Error(diff)
			}
		})
	}
}

func TestNews(t *testing.T) {
	t.Parallel()
	yes := domain.Consent{Purpose: domain.BoardName, TextVersion: 2, Given: true}
	old, no := yes, yes
	old.TextVersion, no.Given = 1, false
	got := map[string]bool{
		"the first yes":             yes.News(nil),
		"the same yes again":        yes.News([]domain.Consent{yes}),
		"a yes to newer words":      yes.News([]domain.Consent{old}),
		"a yes after a no":          yes.News([]domain.Consent{yes, no}),
		"a no after a yes":          no.News([]domain.Consent{yes}),
		"the same no again":         no.News([]domain.Consent{yes, no}),
		"a no without a yes before": no.News(nil),
	}
	want := map[string]bool{
		"the first yes": true, "the same yes again": false, "a yes to newer words": true, "a yes after a no": true,
		"a no after a yes": true, "the same no again": false, "a no without a yes before": false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSetConsent(t *testing.T) {
	t.Parallel()
	for _, purpose := range domain.Purposes {
		v := domain.Volunteer{Version: 3}
		if v.SetConsent(purpose, false) || v.Version != 3 {
			t.Errorf("%s: saying the same again is a change: %+v", purpose, v)
		}
		if !v.SetConsent(purpose, true) || !v.Consents(purpose) || v.Version != 4 {
			t.Errorf("%s: saying something else is none: %+v", purpose, v)
		}
		for _, other := range domain.Purposes {
			if other != purpose && v.Consents(other) {
				t.Errorf("%s was agreed to with %s", other, purpose)
			}
		}
	}
}
