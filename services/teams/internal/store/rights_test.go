package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func TestRightsAtRunTime(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	w.Volunteer(t)
	for _, statement := range []string{
		"DELETE FROM volunteers",
		"DELETE FROM memberships",
		"UPDATE consents SET given = true",
		"DELETE FROM consents",
		"INSERT INTO consent_texts (purpose) VALUES ('board_name')",
		"UPDATE consent_texts SET zh = 'x'",
		"UPDATE audit_records SET reason = 'x'",
		"DELETE FROM audit_records",
		"SELECT setval('volunteer_serials', 1)",
		"UPDATE volunteer_cards SET token_hash = ''",
		"UPDATE volunteer_cards SET volunteer_id = gen_random_uuid()",
		"UPDATE invitations SET sent_to = ''",
		"DELETE FROM staff_grants",
		"UPDATE staff_grants SET role = 'administrator'",
		"UPDATE staff_grants SET until_at = NULL",
		"UPDATE staff_grants SET region_code = '4106'",
		"UPDATE sessions SET volunteer_id = gen_random_uuid()",
		"UPDATE sessions SET expires_at = 'infinity'",
		"UPDATE sign_in_codes SET hash = ''",
		"TRUNCATE sessions",
		"DROP TABLE sessions",
		"ALTER TABLE sign_in_codes DROP CONSTRAINT sign_in_codes_guesses_check",
		"CREATE TABLE mine (id int)",
	} {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			err := w.DB.InTx(t.Context(), func(q postgres.Querier) error {
				_, err := q.ExecContext(t.Context(), statement)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "42501") && !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
				t.Errorf("not refused: %v", err)
			}
		})
	}
}

func TestConstraints(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, v, other := w.Team(t), w.Volunteer(t), w.Volunteer(t)
	first := w.Member(t, team, v, domain.RoleMember)
	w.End(t, w.Member(t, team, other, domain.RoleMember))
	grant := domain.Grant{ID: id.New(), VolunteerID: v.ID, Role: "viewer", RegionCode: "4106", From: given.Day, Reason: "任命", Version: 1}

	for constraint, insert := range map[string]func(q postgres.Querier) error{
		"memberships_open_key": func(q postgres.Querier) error { // whoever is a member cannot be leader besides
			again := domain.Membership{ID: id.New(), TeamID: team.ID, VolunteerID: v.ID, Role: domain.RoleLeader, Since: first.Since, Version: 1}
			return store.InsertMemberships(t.Context(), q, []domain.Membership{again})
		},
		"staff_grants_two_persons_check": func(q postgres.Querier) error { // nobody gives themself authority
			own := grant
			own.GrantedBy = v.ID
			return store.InsertGrants(t.Context(), q, []domain.Grant{own})
		},
		"staff_grants_period_check": func(q postgres.Querier) error {
			over := grant
			over.Until = over.From
			return store.InsertGrants(t.Context(), q, []domain.Grant{over})
		},
		"staff_grants_end_check": func(q postgres.Querier) error { // nobody's authority ends without a word
			silent := grant
			silent.EndedAt, silent.EndedBy = silent.From, v.ID
			return store.InsertGrants(t.Context(), q, []domain.Grant{silent})
		},
		"staff_grants_reason_check": func(q postgres.Querier) error {
			silent := grant
			silent.Reason = ""
			return store.InsertGrants(t.Context(), q, []domain.Grant{silent})
		},
		"volunteers_number_key": func(q postgres.Querier) error {
			twin := v
			twin.ID, twin.Phone = id.New(), ""
			return store.InsertVolunteers(t.Context(), q, w.Vault, []domain.Volunteer{twin})
		},
		"sign_in_codes_guesses_check": func(q postgres.Querier) error {
			c := domain.NewSignInCode([]byte("p"), []byte("a"), given.Day)
			c.Salt, c.Hash, c.Guesses = []byte("s"), []byte("h"), domain.MaxGuesses+1
			return store.InsertSignInCode(t.Context(), q, c)
		},
		"regions_path_check": func(q postgres.Querier) error {
			return store.InsertRegions(t.Context(), q, []domain.Region{{Code: "410622", Name: "淇县", Path: "4106/", Level: "county", Parent: "4106", Version: 1}})
		},
	} {
		t.Run(constraint, func(t *testing.T) {
			t.Parallel()
			if err := w.Owner.InTx(t.Context(), insert); !postgres.Violated(err, constraint) {
				t.Error(err)
			}
		})
	}
	t.Run("whoever has left may come again", func(t *testing.T) {
		t.Parallel()
		w.Member(t, team, other, domain.RoleMember)
	})
}

func TestCheckKeys(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	check := func(v *vault.Vault) error {
		return w.DB.Read(t.Context(), func(q postgres.Querier) error { return store.CheckKeys(t.Context(), q, v) })
	}
	if err := check(given.Vault(t)); err != nil {
		t.Errorf("any key fits an empty database: %v", err)
	}
	v := w.Volunteer(t)
	if err := check(w.Vault); err != nil {
		t.Errorf("the key that sealed: %v", err)
	}
	if err := check(given.Vault(t)); err == nil {
		t.Error("another key fits")
	}
	t.Run("a phone moved to another person does not open", func(t *testing.T) {
		other := w.Volunteer(t)
		err := w.Owner.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), "UPDATE volunteers SET phone_sealed = (SELECT phone_sealed FROM volunteers WHERE id = $1) WHERE id = $2", v.ID, other.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.Me(given.As(t, other)); err == nil {
			t.Error("it was shown")
		}
	})
}

func TestOnePersonOneRecord(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	const number = "11010519491231002X"
	v := w.Volunteer(t, func(v *domain.Volunteer) { v.IDKind, v.IDNumber = domain.IDResident, number })
	insert := func(twin domain.Volunteer) error {
		return w.DB.InTx(t.Context(), func(q postgres.Querier) error {
			return store.InsertVolunteers(t.Context(), q, w.Vault, []domain.Volunteer{twin})
		})
	}
	twin := domain.Volunteer{ID: id.New(), Number: "x", Name: v.Name, State: domain.VolunteerUnclaimed, JoinedAt: given.Day, Version: 1}
	t.Run("who signs in with a phone is one person", func(t *testing.T) {
		t.Parallel()
		same := twin
		same.Phone = v.Phone
		if err := insert(same); !errors.Is(err, domain.ErrPhoneTaken) {
			t.Error(err)
		}
	})
	t.Run("an identity paper is registered once", func(t *testing.T) {
		t.Parallel()
		same := twin
		same.IDKind, same.IDNumber = domain.IDResident, number
		if err := insert(same); !errors.Is(err, domain.ErrIDTaken) {
			t.Error(err)
		}
	})
	t.Run("what is kept comes back", func(t *testing.T) {
		t.Parallel()
		want := w.Volunteer(t)
		want.State, want.Name, want.RegionCode = domain.VolunteerUnclaimed, "买买提·艾合买提", "410621100"
		want.Identify("440524198001010013", given.Day)
		want.Minor, want.AdultOn, want.Version = true, time.Date(2027, 3, 1, 0, 0, 0, 0, clock.City), 2
		var got domain.Volunteer
		err := w.DB.InTx(t.Context(), func(q postgres.Querier) (err error) {
			if err = store.UpdateVolunteer(t.Context(), q, w.Vault, want); err != nil {
				return err
			}
			got, err = store.FindVolunteer(t.Context(), q, w.Vault, want.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}
