package translog

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Checkpoint is what is signed and given away: a log by its name, so many
// leaves, and the root of all of them (C2SP tlog-checkpoint).
type Checkpoint struct {
	Origin string // the name of the log, which is the name of its key too
	Size   int64
	Root   Hash
}

// Text is what is signed: three lines.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// ErrNotACheckpoint says that a text is none, or none that the keys signed.
var ErrNotACheckpoint = errors.New("not a checkpoint signed by the key")

// OpenCheckpoint returns what a note says, if one of the keys signed it.
func OpenCheckpoint(signed string, keys note.Verifiers) (Checkpoint, error) {
	opened, err := note.Open([]byte(signed), keys)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrNotACheckpoint, err)
	}
	return readCheckpoint(opened.Text)
}

// readCheckpoint reads what Text spelt.
func readCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return Checkpoint{}, ErrNotACheckpoint
	}
	c := Checkpoint{Origin: lines[0]}
	root, rootErr := base64.StdEncoding.DecodeString(lines[2])
	size, sizeErr := strconv.ParseInt(lines[1], 10, 64)
	if err := cmp.Or(rootErr, sizeErr); err != nil || size < 0 || len(root) != len(c.Root) {
		return Checkpoint{}, ErrNotACheckpoint
	}
	c.Size = size
	copy(c.Root[:], root)
	return c, nil
}

// Sign signs the tree as it is and keeps the note; all keys sign it. Signing the
// same size again changes nothing and returns the note that is known.
func (t *Tree) Sign(ctx context.Context, signers []note.Signer, now time.Time) (string, error) {
	root, err := t.Root(ctx, t.size)
	if err != nil {
		return "", err
	}
	c := Checkpoint{Origin: signers[0].Name(), Size: t.size, Root: root}
	signed, err := note.Sign(&note.Note{Text: c.Text()}, signers...)
	if err != nil {
		return "", fmt.Errorf("sign checkpoint: %w", err)
	}
	const query = `
		INSERT INTO log_checkpoints (size, note, signed_at)
		VALUES ($1, $2, $3)
		ON CONFLICT (size) DO NOTHING`

	if _, err := t.q.ExecContext(ctx, query, c.Size, string(signed), now); err != nil {
		return "", fmt.Errorf("insert checkpoint: %w", err)
	}
	last, err := LastCheckpoint(ctx, t.q)
	return last.Note, err
}

// Signed is a checkpoint as it was kept.
type Signed struct {
	Size     int64     `db:"size"`
	Note     string    `db:"note"` // with the co-signatures that came since
	SignedAt time.Time `db:"signed_at"`
}

// LastCheckpoint returns the newest checkpoint; the zero Signed when there is none.
func LastCheckpoint(ctx context.Context, q postgres.Querier) (Signed, error) {
	const query = `
		SELECT size, note || coalesce((SELECT string_agg(line, '' ORDER BY received_at, witness_id) FROM log_cosignatures c WHERE c.size = p.size), '') AS note, signed_at
		FROM log_checkpoints p
		ORDER BY size DESC
		LIMIT 1`

	var found []Signed
	if err := sqlx.SelectContext(ctx, q, &found, query); err != nil {
		return Signed{}, fmt.Errorf("find last checkpoint: %w", err)
	}
	if len(found) == 0 {
		return Signed{}, nil
	}
	return found[0], nil
}

// ListCheckpoints returns the checkpoints of more than after leaves, smallest
// first, at most limit.
func ListCheckpoints(ctx context.Context, q postgres.Querier, after int64, limit int) ([]Signed, error) {
	const query = `
		SELECT size, note || coalesce((SELECT string_agg(line, '' ORDER BY received_at, witness_id) FROM log_cosignatures c WHERE c.size = p.size), '') AS note, signed_at
		FROM log_checkpoints p
		WHERE size > $1
		ORDER BY size
		LIMIT $2`

	var found []Signed
	if err := sqlx.SelectContext(ctx, q, &found, query, after, limit); err != nil {
		return nil, fmt.Errorf("list checkpoints: %w", err)
	}
	return found, nil
}

// CheckpointOf returns the checkpoint by which the leaf with this index is best
// proved: the newest that somebody co-signed, if that holds it, or else the
// newest; the zero Signed when none holds it yet.
func CheckpointOf(ctx context.Context, q postgres.Querier, index int64) (Signed, error) {
	const query = `
		SELECT coalesce((SELECT max(size) FROM log_cosignatures WHERE size > $1), (SELECT max(size) FROM log_checkpoints WHERE size > $1), 0)`

	var size int64
	if err := sqlx.GetContext(ctx, q, &size, query, index); err != nil {
		return Signed{}, fmt.Errorf("find checkpoint of leaf %d: %w", index, err)
	}
	if size == 0 {
		return Signed{}, nil
	}
	found, err := ListCheckpoints(ctx, q, size-1, 1)
	if err != nil || len(found) == 0 {
		return Signed{}, err
	}
	return found[0], nil
}
