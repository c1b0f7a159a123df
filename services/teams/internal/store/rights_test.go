package store_test

import (
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func TestRightsAtRunTime(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	w.Volunteer(t)
	for _, statement := range []string{
		"INSERT INTO volunteers (id) VALUES (gen_random_uuid())",
		"UPDATE volunteers SET name = 'x'",
		"UPDATE volunteers SET phone_sealed = NULL, phone_index = NULL",
		"DELETE FROM volunteers",
		"INSERT INTO staff_grants (id) VALUES (gen_random_uuid())",
		"UPDATE staff_grants SET region_code = '4106'",
		"UPDATE memberships SET role = 'leader'",
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
		"memberships_active_key": func(q postgres.Querier) error { // whoever is a member cannot be leader besides
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
		"staff_grants_reason_check": func(q postgres.Querier) error {
			silent := grant
			silent.Reason = ""
			return store.InsertGrants(t.Context(), q, []domain.Grant{silent})
		},
		"volunteers_phone_index_key": func(q postgres.Querier) error { // who signs in must be one person
			twin := v
			twin.ID, twin.Number = id.New(), "x"
			return store.InsertVolunteers(t.Context(), q, w.Vault, []domain.Volunteer{twin})
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
