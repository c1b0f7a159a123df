package translog_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// inMemory is the same tree as tlog's own example keeps it, to compare with.
type inMemory struct {
	hashes []tlog.Hash
	size   int64
}

func (m *inMemory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for k, i := range indexes {
		found[k] = m.hashes[i]
	}
	return found, nil
}

func (m *inMemory) add(t *testing.T, leaf tlog.Hash) {
	t.Helper()
	hashes, err := tlog.StoredHashesForRecordHash(m.size, leaf, m)
	if err != nil {
		t.Fatal(err)
	}
	m.hashes, m.size = append(m.hashes, hashes...), m.size+1
}

func leaf(i int64) translog.Hash { return translog.LeafHash(fmt.Append(nil, "leaf ", i)) }

// grow appends so many leaves in one transaction.
func grow(ctx context.Context, db *pgtest.DB, by int) error {
	return db.InTx(ctx, func(q postgres.Querier) error {
		tree, err := translog.Open(ctx, q)
		if err != nil {
			return err
		}
		leaves := make([]translog.Hash, by)
		for i := range leaves {
			leaves[i] = leaf(tree.Size() + int64(i))
		}
		return tree.Append(ctx, leaves)
	})
}

func look(t *testing.T, db *pgtest.DB, f func(tree *translog.Tree)) {
	t.Helper()
	if err := db.InSnapshot(t.Context(), func(q postgres.Querier) error {
		tree, err := translog.Open(t.Context(), q)
		if err == nil {
			f(tree)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	t.Run("it is the tree of RFC 6962, however it was brought in", func(t *testing.T) {
		t.Parallel()
		db, want := pgtest.New(t, "trial", translog.Migrations()), &inMemory{}
		var frontier translog.Frontier
		for _, by := range []int{1, 1, 253, 1, 1, 300, 2, 700, 255, 256, 257} { // around the edges of tiles
			if err := grow(t.Context(), db, by); err != nil {
				t.Fatal(err)
			}
			for range by {
				frontier.Add(leaf(want.size))
				want.add(t, leaf(want.size))
			}
			root, err := tlog.TreeHash(want.size, want)
			if err != nil {
				t.Fatal(err)
			}
			look(t, db, func(tree *translog.Tree) {
				got, err := tree.Root(t.Context(), want.size)
				if err != nil || got != root || tree.Size() != want.size {
					t.Fatalf("root of %d (of %d) is %s, %v; want %s", tree.Size(), want.size, got, err, root)
				}
			})
			if frontier.Root() != root || frontier.Size() != want.size {
				t.Fatalf("the verifier finds %s for %d leaves, want %s", frontier.Root(), want.size, root)
			}
		}
		proveSome(t, db, want)
	})
	t.Run("its roots are the known ones", func(t *testing.T) {
		t.Parallel()
		// The leaves and roots by which logs of certificates are tested.
		leaves := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
		roots := []string{
			"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
			"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
			"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
			"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
		}
		var f translog.Frontier
		for i, want := range roots {
			root := f.Root()
			if got := hex.EncodeToString(root[:]); got != want {
				t.Errorf("root of %d leaves is %s, want %s", i, got, want)
			}
			if i < len(leaves) {
				data, err := hex.DecodeString(leaves[i])
				if err != nil {
					t.Fatal(err)
				}
				f.Add(translog.LeafHash(data))
			}
		}
	})
	t.Run("two that append at once do not write over each other", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", translog.Migrations())
		if err := grow(t.Context(), db, 10); err != nil {
			t.Fatal(err)
		}
		err := db.InTx(t.Context(), func(q postgres.Querier) error {
			late, err := translog.Open(t.Context(), q)
			if err != nil {
				return err
			}
			if err := grow(t.Context(), db, 3); err != nil {
				return err
			}
			return late.Append(t.Context(), []translog.Hash{leaf(100), leaf(101), leaf(102), leaf(103), leaf(104)})
		})
		if err == nil {
			t.Error("the late one wrote over what was there")
		}
	})
	t.Run("nobody takes back what is in it", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", translog.Migrations())
		if err := grow(t.Context(), db, 300); err != nil {
			t.Fatal(err)
		}
		owner := db.Owner(t)
		for _, attempt := range []string{
			`UPDATE log_tiles SET hashes = substring(hashes FOR 32) WHERE n = 0`, `UPDATE log_tiles SET hashes = decode(repeat('00', 8192), 'hex') WHERE n = 0 AND level = 0`,
			`UPDATE log_tiles SET n = 9 WHERE n = 1`, `DELETE FROM log_tiles`, `TRUNCATE log_tiles`,
			`DELETE FROM log_checkpoints`, `UPDATE log_checkpoints SET note = ''`, `TRUNCATE log_checkpoints`,
		} {
			if _, err := owner.Exec(attempt); err == nil {
				t.Errorf("%s was done", attempt)
			}
		}
	})
}

// proveSome checks proofs between many sizes and leaves as an outsider would.
func proveSome(t *testing.T, db *pgtest.DB, want *inMemory) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	longest := 0
	look(t, db, func(tree *translog.Tree) {
		for range 200 {
			older := 1 + random.Int64N(want.size-1)
			size := older + random.Int64N(want.size-older+1)
			index := random.Int64N(older)
			root, _ := tlog.TreeHash(size, want)
			oldRoot, _ := tlog.TreeHash(older, want)
			path, err := tree.ProveLeaf(t.Context(), size, index)
			if err := errors.Join(err, tlog.CheckRecord(path, size, root, index, leaf(index))); err != nil {
				t.Fatalf("leaf %d of %d: %v", index, size, err)
			}
			if tlog.CheckRecord(path, size, root, index, leaf(index+1)) == nil {
				t.Fatalf("another leaf passes for leaf %d of %d", index, size)
			}
			growth, err := tree.ProveGrowth(t.Context(), size, older)
			if err := errors.Join(err, tlog.CheckTree(growth, size, root, older, oldRoot)); err != nil {
				t.Fatalf("%d leaves begin with %d: %v", size, older, err)
			}
			longest = max(longest, len(path))
		}
	})
	t.Logf("longest proof %d hashes, %d bytes", longest, longest*32)
}

func TestCheckpoint(t *testing.T) {
	t.Parallel()
	content, err := translog.NewKey("hebi.example/hours")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := translog.ParseKeys(string(content))
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(keys.Public[0])
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.New(t, "trial", translog.Migrations())
	if err := grow(t.Context(), db, 5); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 26, 1, 0, 0, 0, time.UTC)
	sign := func() (signed string) {
		if err := db.InTx(t.Context(), func(q postgres.Querier) error {
			tree, err := translog.Open(t.Context(), q)
			if err != nil {
				return err
			}
			signed, err = tree.Sign(t.Context(), keys.Signers, now)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return signed
	}
	first := sign()
	if again := sign(); again != first {
		t.Errorf("the same size was signed again as\n%s, first it was\n%s", again, first)
	}
	c, err := translog.OpenCheckpoint(first, note.VerifierList(verifier))
	if err != nil {
		t.Fatal(err)
	}
	var f translog.Frontier
	for i := range int64(5) {
		f.Add(leaf(i))
	}
	if want := (translog.Checkpoint{Origin: "hebi.example/hours", Size: 5, Root: f.Root()}); !cmp.Equal(c, want) {
		t.Error(cmp.Diff(want, c))
	}
	for _, spoilt := range []string{"", "x", first[:len(first)-3], "1" + first} {
		if _, err := translog.OpenCheckpoint(spoilt, note.VerifierList(verifier)); !errors.Is(err, translog.ErrNotACheckpoint) {
			t.Errorf("%q: %v", spoilt, err)
		}
	}
	listed, err := translog.ListCheckpoints(t.Context(), db.Owner(t), 0, 10)
	if err != nil || len(listed) != 1 || listed[0].Note != first {
		t.Errorf("%v, %v", listed, err)
	}
}
