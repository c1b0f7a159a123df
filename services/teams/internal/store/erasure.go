package store

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErasureRule says what 注销 does to one table. Every table that holds data of
// people must have a rule: a test walks the database and finds those without.
type ErasureRule struct {
	Table string
	Why   string // what goes or stays, and why it may
	SQL   string // run with the person's id; empty: the use case does it, or all of it stays
}

// ErasureRules are ordered: what points at something goes before it.
var ErasureRules = []ErasureRule{
	{"volunteers", "blanked to a tombstone: the number stays, so that the hours keep their owner; so are records that became part of it",
		`UPDATE volunteers SET name = '已注销', initials = '', grams = '{}', region_code = NULL WHERE merged_into = $1`},
	{"memberships", "ended, without the words that were said; that this number was a member stays with the team", `UPDATE memberships SET word = '', reason = '' WHERE volunteer_id = $1`},
	{"membership_appeals", "stays without the words that were said: that it was decided, and by whom", `UPDATE membership_appeals SET word = '', reason = '' WHERE volunteer_id = $1`},
	{"join_codes", "stays: who made a code is a number without a name from now on", ""},
	{"imports", "stays: who brought which roster, by a number; the file itself goes when it is applied", ""},
	{"import_memberships", "gone: a roster that waits no longer names the person", `DELETE FROM import_memberships WHERE volunteer_id = $1`},
	{"import_volunteers", "gone", `DELETE FROM import_volunteers WHERE id = $1`},
	{"staff_grants", "ended; who gave authority to which number must stay answerable", ""},
	{"teams", "stays: created_by is a number without a name from now on", ""},
	{"team_handovers", "stays: who led when is the team's history, by numbers without a name from now on", ""},
	{"consents", "withdrawn; that they were given and taken back is the proof of both", ""},
	{"audit_records", "stays: lines hold numbers and our own words, and nobody may change them", ""},
	{"invitations", "stays for its days: the team's, with a masked number as the leader typed it", ""},
	{"guardian_consents", "gone; the signed paper stays where it is kept", `DELETE FROM guardian_consents WHERE volunteer_id IN (SELECT id FROM volunteers WHERE $1 IN (id, merged_into))`},
	{"qualifications", "gone; the papers are the person's own", `DELETE FROM qualifications WHERE volunteer_id = $1`},
	{"trainings", "gone", `DELETE FROM trainings WHERE volunteer_id = $1`},
	{"honours", "gone; the document stays with whoever gave it", `DELETE FROM honours WHERE volunteer_id = $1`},
	{"complaints", "stays as a number's: that it was received and how it was decided; what was decided about the person loses its words, what is open keeps them until then (art. 47)",
		`UPDATE complaints SET happened = CASE WHEN volunteer_id = $1 AND decided_by IS NOT NULL THEN '' ELSE happened END,
			person_word = CASE WHEN volunteer_id = $1 THEN '' ELSE person_word END,
			reason = CASE WHEN volunteer_id = $1 AND decided_by IS NOT NULL THEN '（已注销）' ELSE reason END
			WHERE volunteer_id = $1`},
	{"person_skills", "gone", `DELETE FROM person_skills WHERE volunteer_id = $1`},
	{"availabilities", "gone", `DELETE FROM availabilities WHERE volunteer_id = $1`},
	{"volunteer_cards", "gone: a card of theirs is unknown from now on", `DELETE FROM volunteer_cards WHERE volunteer_id IN (SELECT id FROM volunteers WHERE id = $1 OR merged_into = $1)`},
	{"claim_links", "gone; those a leader made for others run out within a day", `DELETE FROM claim_links WHERE volunteer_id = $1`},
	{"claim_tries", "gone", `DELETE FROM claim_tries WHERE volunteer_id = $1`},
	{"shared_phones", "stays: who declared a phone to be shared is a number without a name from now on", ""},
	{"shared_phone_people", "gone, with the PIN", `DELETE FROM shared_phone_people WHERE volunteer_id = $1`},
	{"phone_changes", "gone; who vouched and who undid stands in the audit", `DELETE FROM phone_changes WHERE volunteer_id = $1`},
	{"passkeys", "gone", `DELETE FROM passkeys WHERE volunteer_id = $1`},
	{"totp_secrets", "gone", `DELETE FROM totp_secrets WHERE volunteer_id = $1`},
	{"recovery_codes", "gone", `DELETE FROM recovery_codes WHERE volunteer_id = $1`},
	{"factor_tries", "gone", `DELETE FROM factor_tries WHERE volunteer_id = $1`},
	{"sessions", "ended and gone", `DELETE FROM sessions WHERE volunteer_id = $1`},
	{"sign_in_codes", "gone", `DELETE FROM sign_in_codes WHERE volunteer_id = $1`},
	{"notices", "gone", `DELETE FROM notices WHERE volunteer_id = $1`},
	{"notice_preferences", "gone", `DELETE FROM notice_preferences WHERE volunteer_id = $1`},
	{"text_messages", "gone, the waiting ones unsent", `DELETE FROM text_messages WHERE volunteer_id = $1`},
}

// EraseRows carries out the rules that are a statement, and forgets the
// answers that were kept for repeats of the person's requests.
func EraseRows(ctx context.Context, q postgres.Querier, volunteerID string, phoneIndex []byte) error {
	for _, rule := range ErasureRules {
		if rule.SQL == "" {
			continue
		}
		if _, err := q.ExecContext(ctx, rule.SQL, volunteerID); err != nil {
			return fmt.Errorf("erase %s of %s: %w", rule.Table, volunteerID, err)
		}
	}
	const (
		codes   = `DELETE FROM sign_in_codes WHERE phone_index = $1`
		answers = `DELETE FROM idempotency_keys WHERE principal IN ($1, $2)`
	)
	if _, err := q.ExecContext(ctx, codes, phoneIndex); err != nil {
		return fmt.Errorf("erase codes of %s: %w", volunteerID, err)
	}
	if _, err := q.ExecContext(ctx, answers, volunteerID, hex.EncodeToString(phoneIndex)); err != nil {
		return fmt.Errorf("erase answers of %s: %w", volunteerID, err)
	}
	return nil
}

// ListLedTeams returns the teams that somebody leads and that are not over.
func ListLedTeams(ctx context.Context, q postgres.Querier, volunteerID string) ([]TeamOf, error) {
	const query = `
		SELECT m.team_id, t.name AS team_name, m.role
		FROM memberships m
		JOIN teams t ON t.id = m.team_id
		WHERE m.volunteer_id = $1 AND m.state = 'active' AND m.role = 'leader' AND t.state <> 'dissolved'
		ORDER BY t.name, t.id`

	teams := []TeamOf{}
	if err := sqlx.SelectContext(ctx, q, &teams, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list teams led by %s: %w", volunteerID, err)
	}
	return teams, nil
}
