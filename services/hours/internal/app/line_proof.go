package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// errNotLoggedYet says that a line is too new; the page waits and asks again.
var errNotLoggedYet = apperr.New(apperr.NotFound, "not_in_log_yet", "这条时长刚记上，一分钟左右写入公开账本，请稍后再看。", "This line is new; it will be in the public log in a minute or so. Please look again then.")

// LineProof says where a line is in the ledger's log, and holds the file by which anybody can check it.
type LineProof struct {
	Index, Size  int64  // its place, from 0; lines of the log at the checkpoint
	LeafHash     string // base64
	Hashes       int    // from its leaf to the checkpoint's root
	Checkpoint   translog.Signed
	WitnessNames []string // who co-signed that checkpoint
	File         []byte   // for qihe-verify --line
}

// ProveLine returns the proof of a line to whom it is about, who leads its
// brigade and officers of its region; NotFound to others, and for a line that no
// checkpoint holds yet. The salt, which shows whose it is, goes to the person only.
func (a *App) ProveLine(ctx context.Context, entryID string) (p LineProof, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		e, err := findLine(ctx, q, entryID)
		if err != nil {
			return err
		}
		if !reader.knows(e) {
			return domain.ErrNoSuchEntry
		}
		l, ok, err := store.FindLogged(ctx, q, e.ID)
		if err != nil {
			return err
		}
		if !ok {
			return errNotLoggedYet
		}
		if !reader.self.Is(e.VolunteerID) {
			l.Salt = nil
		}
		p, err = proveLine(ctx, q, l)
		return err
	})
	return p, err
}

func proveLine(ctx context.Context, q postgres.Querier, l store.LoggedLine) (p LineProof, err error) {
	if p.Checkpoint, err = translog.CheckpointOf(ctx, q, l.Index); err != nil {
		return p, err
	}
	if p.Checkpoint.Note == "" {
		return p, errNotLoggedYet
	}
	tree, err := translog.Open(ctx, q)
	if err != nil {
		return p, err
	}
	proof, err := tree.ProveLeaf(ctx, p.Checkpoint.Size, l.Index)
	if err != nil {
		return p, err
	}
	encoded, err := l.Encode()
	if err != nil {
		return p, err
	}
	hash := translog.LeafHash(encoded)
	p.Index, p.Size, p.Hashes, p.LeafHash = l.Index, p.Checkpoint.Size, len(proof), base64.StdEncoding.EncodeToString(hash[:])
	if p.WitnessNames, err = witnessesOf(ctx, q, p.Checkpoint.Note); err != nil {
		return p, err
	}
	var file bytes.Buffer
	pretty := json.NewEncoder(&file)
	pretty.SetIndent("", " ")
	if err := pretty.Encode(audit.NewLineFile(p.Checkpoint.Note, audit.ProveLine(l.Entry, l.Leaf, p.LeafHash, l.Salt, proof))); err != nil {
		return p, fmt.Errorf("write proof of line %s: %w", l.Entry.ID, err)
	}
	p.File = file.Bytes()
	return p, nil
}

// witnessesOf returns the names of those who co-signed a note.
func witnessesOf(ctx context.Context, q postgres.Querier, signed string) (names []string, err error) {
	all, err := translog.ListWitnesses(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, w := range all {
		key, err := translog.NewCosignature(w.Key)
		if err != nil {
			return nil, fmt.Errorf("witness %s: %w", w.ID, err)
		}
		if _, _, ok := key.Cosigned(signed); ok {
			names = append(names, w.Name)
		}
	}
	return names, nil
}
