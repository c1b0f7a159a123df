package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

func TestLeads(t *testing.T) {
	t.Parallel()
	got := map[domain.Role]bool{}
	for _, r := range []domain.Role{domain.NoRole, domain.RoleMember, domain.RoleDeputy, domain.RoleLeader} {
		got[r] = r.Leads()
	}
	want := map[domain.Role]bool{domain.NoRole: false, domain.RoleMember: false, domain.RoleDeputy: true, domain.RoleLeader: true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPublic(t *testing.T) {
	t.Parallel()
	got := map[domain.TeamState]bool{}
	for _, s := range []domain.TeamState{domain.TeamDraft, domain.TeamSubmitted, domain.TeamActive, domain.TeamSuspended, domain.TeamDissolved} {
		got[s] = s.Public()
	}
	want := map[domain.TeamState]bool{
		domain.TeamDraft: false, domain.TeamSubmitted: false,
		domain.TeamActive: true, domain.TeamSuspended: true, domain.TeamDissolved: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestActiveAt(t *testing.T) {
	t.Parallel()
	year := domain.Grant{From: noon, Until: noon.AddDate(1, 0, 0)}
	for name, c := range map[string]struct {
		grant domain.Grant
		at    time.Time
		want  bool
	}{
		"a grant does not count before its first instant":      {year, noon.Add(-time.Microsecond), false},
		"a grant counts from its first instant":                {year, noon, true},
		"a grant counts until just before its last":            {year, year.Until.Add(-time.Microsecond), true},
		"a grant does not count at its last instant":           {year, year.Until, false},
		"a grant without an end counts until it is taken back": {domain.Grant{From: noon}, noon.AddDate(30, 0, 0), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.grant.ActiveAt(c.at); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestNewSession(t *testing.T) {
	t.Parallel()
	s, secret := domain.NewSession("v", domain.BegunByCode, "", noon)
	other, otherSecret := domain.NewSession("v", domain.BegunByCode, "", noon)
	if secret == otherSecret || s.ID == other.ID {
		t.Error("two sessions share a secret or an id")
	}
	if !cmp.Equal(domain.HashSecret(secret), s.SecretHash) {
		t.Error("the hash is of another secret")
	}
	if len(secret) != 43 {
		t.Errorf("the secret has %d characters of base64, not 256 bits", len(secret))
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	s, _ := domain.NewSession("v", domain.BegunByCode, "", noon)
	if !s.Counts(noon) || !s.Counts(noon.Add(domain.SessionLife-time.Second)) {
		t.Error("a session counts for 180 days")
	}
	if s.Counts(noon.Add(domain.SessionLife)) {
		t.Error("a session counts after 180 days")
	}
	if !s.Revoke(noon.Add(time.Hour)) || s.Version != 2 || s.Counts(noon.Add(time.Hour)) {
		t.Errorf("a revoked session counts: %+v", s)
	}
	if s.Revoke(noon.Add(2*time.Hour)) || s.Version != 2 || !s.RevokedAt.Equal(noon.Add(time.Hour)) {
		t.Errorf("a session is revoked twice: %+v", s)
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	limits := []domain.Limit{{Max: 3, Within: 10 * time.Minute}, {Max: 5, Within: time.Hour}}
	ago := func(minutes ...int) (times []time.Time) {
		for _, m := range minutes {
			times = append(times, noon.Add(-time.Duration(m)*time.Minute))
		}
		return times
	}
	for name, c := range map[string]struct {
		earlier []time.Time
		want    time.Duration
	}{
		"the first may come at once":                          {nil, 0},
		"the third within ten minutes may come at once":       {ago(1, 2), 0},
		"the fourth waits until the first is ten minutes old": {ago(1, 2, 4), 6 * time.Minute},
		"one that is exactly ten minutes old is forgotten":    {ago(1, 2, 10), 0},
		"the sixth within the hour waits for the hour":        {ago(11, 22, 33, 44, 55), 5 * time.Minute},
		"the longer of two waits counts":                      {ago(1, 2, 4, 30, 40), 20 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := max(0, domain.Wait(limits, c.earlier, noon)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	if got := domain.Largest(limits); got != 5 {
		t.Errorf("largest is %d", got)
	}
}

func TestParsePhone(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"13812345678", " 138 1234 5678 ", "138-1234-5678", "+8613812345678", "+86 138-1234-5678", "8613812345678",
		"008613812345678", "１３８１２３４５６７８", "＋８６　１３８　１２３４　５６７８", "138－1234－5678", "(+86)13812345678", "\u202d13812345678\u202c", "138–1234—5678",
	} {
		got, err := domain.ParsePhone(typed)
		if err != nil || got != "13812345678" {
			t.Errorf("%q gives %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{
		"", "1381234567", "138123456789", "23812345678", "12812345678", "+8513812345678", "138a2345678", "138+12345678",
		"0392-3312345", "+", "十三八", "١٣٨١٢٣٤٥٦٧٨", "861381234567", "13812345678;13812345679",
	} {
		if got, err := domain.ParsePhone(typed); !errors.Is(err, domain.ErrPhone) {
			t.Errorf("%q gives %q, %v", typed, got, err)
		}
	}
	if got := domain.Phone("13812345678").Masked(); got != "138****5678" {
		t.Errorf("masked is %q", got)
	}
	if got := domain.Phone("").Masked(); got != "" {
		t.Errorf("no phone is masked as %q", got)
	}
}

func FuzzParsePhone(f *testing.F) {
	f.Add("+86 138-1234-5678")
	f.Add("１３８１２３４５６７８")
	f.Fuzz(func(t *testing.T, typed string) {
		phone, err := domain.ParsePhone(typed)
		if err != nil {
			return
		}
		if again, err := domain.ParsePhone(string(phone)); err != nil || again != phone || len(phone) != 11 {
			t.Errorf("%q gives %q, which gives %q, %v", typed, phone, again, err)
		}
	})
}
