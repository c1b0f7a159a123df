package translog

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Growth is the newest checkpoint with the proof that it begins with what there
// was before. Its text is what C2SP tlog-witness calls add-checkpoint: any
// witness can read it.
type Growth struct {
	Old   int64 // leaves; 0: of nothing, and without proof
	Proof []Hash
	Note  string
}

// ErrNoSuchSize says that no proof begins with so many leaves.
var ErrNoSuchSize = errors.New("the log has not so many leaves")

// GrowthSince returns the newest checkpoint, the zero Growth before the first,
// with the proof since the log had so many leaves.
func GrowthSince(ctx context.Context, q postgres.Querier, old int64) (Growth, error) {
	last, err := LastCheckpoint(ctx, q)
	if err != nil || last.Note == "" {
		return Growth{}, err
	}
	g := Growth{Old: old, Note: last.Note}
	if old < 0 || old > last.Size {
		return Growth{}, ErrNoSuchSize
	}
	if old == 0 || old == last.Size {
		return g, nil
	}
	tree, err := Open(ctx, q)
	if err != nil {
		return Growth{}, err
	}
	g.Proof, err = tree.ProveGrowth(ctx, last.Size, old)
	return g, err
}

// Text spells it: the old size, a hash in each line, an empty line, the note.
func (g Growth) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "old %d\n", g.Old)
	for _, h := range g.Proof {
		fmt.Fprintln(&b, base64.StdEncoding.EncodeToString(h[:]))
	}
	return b.String() + "\n" + g.Note
}

const longestGrowth = 64 // hashes

// ParseGrowth is Text's inverse.
func ParseGrowth(text string) (g Growth, err error) {
	head, signed, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	size, isOld := strings.CutPrefix(lines[0], "old ")
	if g.Old, err = strconv.ParseInt(size, 10, 64); !ok || !isOld || err != nil || len(lines) > 1+longestGrowth {
		return Growth{}, ErrNotACheckpoint
	}
	g.Note = signed
	for _, line := range lines[1:] {
		raw, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(raw) != len(Hash{}) {
			return Growth{}, ErrNotACheckpoint
		}
		g.Proof = append(g.Proof, Hash(raw))
	}
	return g, nil
}

// Why a witness signs nothing.
var (
	ErrShortened = errors.New("the log is shorter than what was signed last")
	ErrRewritten = errors.New("the log does not begin with what was signed last")
	ErrOtherGap  = errors.New("the proof does not begin with what was signed last")
)

// Cosign returns the note with the witness's signature under it, if the log's
// keys signed it and the note that the witness signed last is its beginning;
// last is empty the first time. ErrShortened and ErrRewritten mean that the log
// betrays somebody, ErrOtherGap that another Growth is to be asked for.
func (g Growth) Cosign(last string, keys note.Verifiers, by *Cosigner) (string, error) {
	now, err := OpenCheckpoint(g.Note, keys)
	if err != nil {
		return "", err
	}
	if last != "" {
		before, err := OpenCheckpoint(last, keys)
		if err != nil {
			return "", fmt.Errorf("what was signed last: %w", err)
		}
		if err := g.follows(before, now); err != nil {
			return "", err
		}
	}
	opened, err := note.Open([]byte(g.Note), keys)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotACheckpoint, err)
	}
	signed, err := note.Sign(opened, by)
	return string(signed), err
}

func (g Growth) follows(before, now Checkpoint) error {
	switch {
	case before.Origin != now.Origin:
		return fmt.Errorf("%w: %s is another log than %s", ErrRewritten, now.Origin, before.Origin)
	case now.Size < before.Size:
		return fmt.Errorf("%w: %d, %d", ErrShortened, now.Size, before.Size)
	case now.Size == before.Size && now.Root != before.Root:
		return fmt.Errorf("%w: %d leaves are %s, were %s", ErrRewritten, now.Size, now.Root, before.Root)
	case now.Size == before.Size:
		return nil
	case g.Old != before.Size:
		return fmt.Errorf("%w: %d, not %d", ErrOtherGap, g.Old, before.Size)
	}
	if err := tlog.CheckTree(g.Proof, now.Size, now.Root, before.Size, before.Root); err != nil {
		return fmt.Errorf("%w: %d of %d leaves", ErrRewritten, before.Size, now.Size)
	}
	return nil
}
