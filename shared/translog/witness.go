package translog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Witness is somebody who co-signs the log's checkpoints, as the log knows them.
type Witness struct {
	ID        string     `db:"id"`
	Name      string     `db:"name"`
	Key       string     `db:"key"` // public, as NewCosignature reads it
	Reason    string     `db:"reason"`
	SetBy     string     `db:"set_by"`
	SetAt     time.Time  `db:"set_at"`
	EndReason string     `db:"end_reason"`
	EndedBy   string     `db:"ended_by"`
	EndedAt   *time.Time `db:"ended_at"` // nil: they are one

	Size     int64      `db:"size"`      // of the longest checkpoint that they co-signed; 0: none yet
	Note     string     `db:"note"`      // that checkpoint, with all that co-signed it
	SignedAt *time.Time `db:"signed_at"` // when they did, by their own clock
	Behind   *time.Time `db:"behind"`    // since when there is a longer one
}

// Errors that a person reads.
var (
	ErrWitnessKey   = apperr.New(apperr.Invalid, "not_a_witness_key", "这不是见证单位的公钥，请让对方把 qihe-verify 给出的那一行整行发来。", "This is no public key of a witness; please ask for the whole line that qihe-verify printed.")
	ErrWitnessKnown = apperr.New(apperr.Conflict, "witness_known", "这把公钥登记过了，停用过的也不能再用。", "This key was registered before; one that was taken away is not used again.")
	ErrNoWitness    = apperr.New(apperr.NotFound, "no_such_witness", "没有这个见证单位，或者已经停用。", "There is no such witness, or it is none any more.")
	ErrNotOurs      = apperr.New(apperr.Invalid, "not_our_checkpoint", "这不是本账本签出的检查点。", "This is no checkpoint of this log.")
	ErrNobodySigned = apperr.New(apperr.Forbidden, "no_known_signature", "上面没有登记过的见证单位的签名。", "No registered witness has signed it.")
)

// AddWitness registers a witness: ErrWitnessKey, ErrWitnessKnown.
func AddWitness(ctx context.Context, q postgres.Querier, w Witness) error {
	const query = `
		INSERT INTO log_witnesses (id, name, key, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6)`

	key, err := NewCosignature(w.Key)
	if err != nil {
		return apperr.For("key", ErrWitnessKey)
	}
	_, err = q.ExecContext(ctx, query, w.ID, w.Name, strings.TrimSpace(w.Key), w.Reason, w.SetBy, w.SetAt)
	if postgres.Violated(err, "log_witnesses_key_key") {
		return ErrWitnessKnown
	}
	if err != nil {
		return fmt.Errorf("insert witness %s: %w", key.Name(), err)
	}
	return nil
}

// EndWitness has a witness's signatures taken no more; what they signed stays.
func EndWitness(ctx context.Context, q postgres.Querier, w Witness) error {
	const query = `
		INSERT INTO log_witness_ends (witness_id, reason, ended_by, ended_at)
		VALUES ($1, $2, $3, $4)`

	_, err := q.ExecContext(ctx, query, w.ID, w.EndReason, w.EndedBy, w.EndedAt)
	if postgres.Violated(err, "log_witness_ends_pkey") || postgres.Violated(err, "log_witness_ends_witness_fkey") {
		return ErrNoWitness
	}
	if err != nil {
		return fmt.Errorf("end witness %s: %w", w.ID, err)
	}
	return nil
}

// ListWitnesses returns all who are witnesses or were, the oldest first.
func ListWitnesses(ctx context.Context, q postgres.Querier) ([]Witness, error) {
	const query = `
		SELECT w.id, w.name, w.key, w.reason, w.set_by, w.set_at, coalesce(e.reason, '') AS end_reason, coalesce(e.ended_by::text, '') AS ended_by, e.ended_at,
			coalesce(c.size, 0) AS size, c.signed_at, coalesce(p.note || l.lines, '') AS note,
			(SELECT n.signed_at FROM log_checkpoints n WHERE n.size > coalesce(c.size, 0) ORDER BY n.size LIMIT 1) AS behind
		FROM log_witnesses w
		LEFT JOIN log_witness_ends e ON e.witness_id = w.id
		LEFT JOIN LATERAL (SELECT size, signed_at FROM log_cosignatures WHERE witness_id = w.id ORDER BY size DESC LIMIT 1) c ON true
		LEFT JOIN log_checkpoints p ON p.size = c.size
		LEFT JOIN LATERAL (SELECT string_agg(line, '' ORDER BY received_at, witness_id) AS lines FROM log_cosignatures WHERE size = c.size) l ON true
		ORDER BY w.set_at, w.id`

	var found []Witness
	if err := sqlx.SelectContext(ctx, q, &found, query); err != nil {
		return nil, fmt.Errorf("list witnesses: %w", err)
	}
	return found, nil
}

// Cosign keeps what witnesses signed under a checkpoint of this log and returns
// how many of them did. Given again it changes nothing. It returns ErrNotOurs for
// what is no note of this log and ErrNobodySigned where no witness has signed.
func Cosign(ctx context.Context, q postgres.Querier, signed string, now time.Time) (n int, err error) {
	const insert = `
		INSERT INTO log_cosignatures (size, witness_id, line, signed_at, received_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (size, witness_id) DO NOTHING`

	size, text, err := ours(ctx, q, signed)
	if err != nil {
		return 0, err
	}
	_, lines, _ := strings.Cut(signed, "\n\n")
	witnesses, err := ListWitnesses(ctx, q)
	if err != nil {
		return 0, err
	}
	for _, w := range witnesses {
		key, err := NewCosignature(w.Key)
		if err != nil {
			return n, fmt.Errorf("witness %s: %w", w.ID, err)
		}
		at, line, ok := key.Cosigned(text + "\n" + lines)
		if !ok || w.EndedAt != nil {
			continue
		}
		if _, err := q.ExecContext(ctx, insert, size, w.ID, line, at, now); err != nil {
			return n, fmt.Errorf("insert co-signature of %s under %d: %w", w.ID, size, err)
		}
		n++
	}
	if n == 0 {
		return 0, ErrNobodySigned
	}
	return n, nil
}

// ours returns the size of a note and the text that was signed of it, if this
// log has signed that text.
func ours(ctx context.Context, q postgres.Querier, signed string) (size int64, text string, err error) {
	const query = `
		SELECT size, note
		FROM log_checkpoints
		WHERE size = $1`

	text, _, ok := strings.Cut(signed, "\n\n")
	c, err := readCheckpoint(text + "\n")
	if !ok || err != nil {
		return 0, "", ErrNotOurs
	}
	var kept []Signed
	if err := sqlx.SelectContext(ctx, q, &kept, query, c.Size); err != nil {
		return 0, "", fmt.Errorf("find checkpoint %d: %w", c.Size, err)
	}
	if len(kept) != 1 || !strings.HasPrefix(kept[0].Note, text+"\n\n") {
		return 0, "", ErrNotOurs
	}
	return c.Size, text + "\n", nil
}

// Witnesses checks co-signatures: who must hold a checkpoint for it to be
// believed, and how many of them.
type Witnesses struct {
	Keys []*Cosignature
	Need int
}

// Who returns the names of those who co-signed a note; enough says that they
// are as many as needed.
func (w Witnesses) Who(signed string) (names []string, enough bool) {
	for _, key := range w.Keys {
		if _, _, ok := key.Cosigned(signed); ok {
			names = append(names, key.Name())
		}
	}
	return names, len(names) >= w.Need
}

var _ note.Signer = (*Cosigner)(nil)
