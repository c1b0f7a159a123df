// Package translog makes a table that is only added to into one that outsiders
// can check: a transparency log (RFC 6962) in the service's own database.
//
// Each row of the table is encoded as bytes, its leaf. The leaves' hashes are
// the lowest level of a Merkle tree, whose root names all of them in 32 bytes.
// Roots are signed now and then, together with the number of leaves
// (Checkpoint), and given away. Whoever keeps one checkpoint can later have it
// proved that a row was in the table then (ProveLeaf), and that all that was in
// it then still is, unchanged and in its place (ProveGrowth). Whoever owns the
// database and the key can still write what they like; they cannot take back
// what others hold.
//
// The tree is built behind the writers, never in their transactions: one
// sequencer gives each row an index and calls Append. A chain of hashes in the
// writers' transactions would make them wait for each other.
//
// Hashing and proofs are golang.org/x/mod/sumdb/tlog, signatures
// golang.org/x/mod/sumdb/note; this package keeps their hashes in PostgreSQL.
package translog

import (
	"context"
	"embed"
	"fmt"
	"maps"

	"github.com/jmoiron/sqlx"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations returns the tables log_tiles and log_checkpoints.
func Migrations() postgres.Migrations { return postgres.EmbeddedMigrations("translog", files) }

// Hash is of a leaf, a node of the tree or its root: 32 bytes of SHA-256.
type Hash = tlog.Hash

// LeafHash returns the hash of a leaf.
func LeafHash(leaf []byte) Hash { return tlog.RecordHash(leaf) }

const (
	tileHeight = 8 // a tile holds 2^8 hashes
	tileWidth  = 1 << tileHeight
)

// Tree is the tree of a database as a transaction, or a snapshot, sees it. It
// keeps the tiles that it has read: it is made anew for each.
type Tree struct {
	q     postgres.Querier
	size  int64
	tiles map[place][]byte
	fresh map[int64]Hash // not written yet, by the number that tlog gives a hash
}

type place struct {
	level int
	n     int64
}

// Open returns the tree as q sees it.
func Open(ctx context.Context, q postgres.Querier) (*Tree, error) {
	const query = `
		SELECT n, length(hashes) / 32
		FROM log_tiles
		WHERE level = 0
		ORDER BY n DESC
		LIMIT 1`

	t := &Tree{q: q, tiles: map[place][]byte{}, fresh: map[int64]Hash{}}
	rows, err := q.QueryxContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n, width int64
		if err := rows.Scan(&n, &width); err != nil {
			return nil, fmt.Errorf("open log: %w", err)
		}
		t.size = n*tileWidth + width
	}
	return t, rows.Err()
}

// Size returns how many leaves the tree has.
func (t *Tree) Size() int64 { return t.size }

// Append adds leaves, by their hashes, in order. Only one transaction at a time
// may do it; a second one fails on what the first wrote.
func (t *Tree) Append(ctx context.Context, leaves []Hash) error {
	before := t.size
	for _, leaf := range leaves {
		hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, t.reader(ctx))
		if err != nil {
			return fmt.Errorf("append leaf %d: %w", t.size, err)
		}
		for i, h := range hashes {
			t.fresh[tlog.StoredHashIndex(0, t.size)+int64(i)] = h
		}
		t.size++
	}
	grown := map[place][]byte{}
	for _, tile := range tlog.NewTiles(tileHeight, before, t.size) {
		data, err := tlog.ReadTileData(tile, t.reader(ctx))
		if err != nil {
			return fmt.Errorf("make tile %s: %w", tile.Path(), err)
		}
		grown[place{tile.L, tile.N}] = data
	}
	if err := t.write(ctx, grown); err != nil {
		return err
	}
	maps.Copy(t.tiles, grown)
	clear(t.fresh)
	return nil
}

func (t *Tree) write(ctx context.Context, grown map[place][]byte) error {
	// The width that was there is compared: who appended meanwhile is not overwritten.
	const query = `
		INSERT INTO log_tiles AS had (level, n, hashes)
		SELECT level, n, hashes
		FROM unnest($1::int[], $2::bigint[], $3::bytea[]) AS t (level, n, hashes)
		ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes
		WHERE length(had.hashes) < length(excluded.hashes)`

	places := make([]place, 0, len(grown))
	for p := range grown {
		places = append(places, p)
	}
	result, err := t.q.ExecContext(ctx, query,
		postgres.Column(places, func(p place) int64 { return int64(p.level) }),
		postgres.Column(places, func(p place) int64 { return p.n }),
		postgres.Column(places, func(p place) []byte { return grown[p] }))
	if err != nil {
		return fmt.Errorf("write %d tiles: %w", len(grown), err)
	}
	if n, err := result.RowsAffected(); err != nil || n != int64(len(grown)) {
		return fmt.Errorf("the log has grown meanwhile: %d of %d tiles written, %w", n, len(grown), err)
	}
	return nil
}

// LeafHashes returns the hashes of all leaves, in order: 32 MB for a million.
func (t *Tree) LeafHashes(ctx context.Context) ([]Hash, error) {
	const query = `
		SELECT hashes
		FROM log_tiles
		WHERE level = 0
		ORDER BY n`

	var tiles [][]byte
	if err := sqlx.SelectContext(ctx, t.q, &tiles, query); err != nil {
		return nil, fmt.Errorf("read leaves: %w", err)
	}
	leaves := make([]Hash, 0, t.size)
	for _, hashes := range tiles {
		for ; len(hashes) >= tlog.HashSize; hashes = hashes[tlog.HashSize:] {
			leaves = append(leaves, Hash(hashes[:tlog.HashSize]))
		}
	}
	return leaves, nil
}

// Root returns the root of the tree as it was with so many leaves.
func (t *Tree) Root(ctx context.Context, size int64) (Hash, error) {
	root, err := tlog.TreeHash(size, t.reader(ctx))
	if err != nil {
		return Hash{}, fmt.Errorf("root of %d leaves: %w", size, err)
	}
	return root, nil
}

// ProveLeaf returns the hashes that lead from the leaf with this index to the
// root of the tree as it was with so many leaves; CheckLeaf checks them.
func (t *Tree) ProveLeaf(ctx context.Context, size, index int64) ([]Hash, error) {
	proof, err := tlog.ProveRecord(size, index, t.reader(ctx))
	if err != nil {
		return nil, fmt.Errorf("prove leaf %d of %d: %w", index, size, err)
	}
	return proof, nil
}

// CheckLeaf returns an error unless the hashes lead from the leaf with this index
// to the checkpoint's root. It needs no database.
func CheckLeaf(c Checkpoint, index int64, leaf Hash, proof []Hash) error {
	return tlog.CheckRecord(proof, c.Size, c.Root, index, leaf)
}

// ProveGrowth returns the hashes that show that the tree of size leaves begins
// with the tree of older leaves; tlog.CheckTree checks them.
func (t *Tree) ProveGrowth(ctx context.Context, size, older int64) ([]Hash, error) {
	proof, err := tlog.ProveTree(size, older, t.reader(ctx))
	if err != nil {
		return nil, fmt.Errorf("prove that %d leaves begin with %d: %w", size, older, err)
	}
	return proof, nil
}

// reader finds hashes where they are: among the fresh, or in a tile.
func (t *Tree) reader(ctx context.Context) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]Hash, error) {
		missing := map[place]bool{}
		for _, i := range indexes {
			if _, ok := t.fresh[i]; !ok && t.tiles[placeOf(i)] == nil {
				missing[placeOf(i)] = true
			}
		}
		if err := t.read(ctx, missing); err != nil {
			return nil, err
		}
		hashes := make([]Hash, len(indexes))
		for k, i := range indexes {
			h, ok := t.fresh[i]
			if !ok {
				var err error
				if h, err = t.inTile(i); err != nil {
					return nil, err
				}
			}
			hashes[k] = h
		}
		return hashes, nil
	})
}

func placeOf(index int64) place {
	tile := tlog.TileForIndex(tileHeight, index)
	return place{tile.L, tile.N}
}

func (t *Tree) inTile(index int64) (Hash, error) {
	tile, data := tlog.TileForIndex(tileHeight, index), t.tiles[placeOf(index)]
	if tile.W*tlog.HashSize > len(data) {
		return Hash{}, fmt.Errorf("the log holds no tile %s", tile.Path())
	}
	return tlog.HashFromTile(tile, data[:tile.W*tlog.HashSize], index)
}

func (t *Tree) read(ctx context.Context, missing map[place]bool) error {
	const query = `
		SELECT level, n, hashes
		FROM log_tiles
		WHERE (level, n) IN (SELECT level, n FROM unnest($1::int[], $2::bigint[]) AS t (level, n))`

	if len(missing) == 0 {
		return nil
	}
	places := make([]place, 0, len(missing))
	for p := range missing {
		places = append(places, p)
	}
	var rows []struct {
		Level  int    `db:"level"`
		N      int64  `db:"n"`
		Hashes []byte `db:"hashes"`
	}
	if err := sqlx.SelectContext(ctx, t.q, &rows, query,
		postgres.Column(places, func(p place) int64 { return int64(p.level) }), postgres.Column(places, func(p place) int64 { return p.n })); err != nil {
		return fmt.Errorf("read %d tiles: %w", len(missing), err)
	}
	for _, r := range rows {
		t.tiles[place{r.Level, r.N}] = r.Hashes
	}
	return nil
}
