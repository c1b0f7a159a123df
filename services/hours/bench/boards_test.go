package bench

import (
	"encoding/json"
	"net"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

const (
	boardPath = "/boards?subject=volunteer&scope=region:4106&period=all"
	rankPath  = "/boards/me?scope=region:4106&period=all"
	boardSize = 8_000 // bytes of a board of fifty
)

// measureBoards asks for the board of all volunteers of all years and for one's
// own rank in it, beside an empty handler and three usual ways to have a board.
func measureBoards(b *testing.B, s *site, table *bench.Table, g *growth) {
	b.Helper()
	ours := func(path string) func() bench.Measured {
		return func() bench.Measured { return s.read(b, "api/hours", path, 32) }
	}
	theirs := func(name, path string, clients int) func() bench.Measured {
		return func() bench.Measured { return s.read(b, name, path, clients) }
	}
	g.board = table.Compare(b, "board top 50", "empty handler", ours(boardPath), theirs("empty", boardPath, 32))
	table.Compare(b, "board top 50", "as many fixed bytes", ours(boardPath), theirs("fixed", boardPath, 32))
	g.rank = table.Compare(b, "my rank", "empty handler", ours(rankPath), theirs("empty", rankPath, 32))
	g.redis = table.Compare(b, "board top 50", "Redis sorted set", ours(boardPath), theirs("redis", boardPath, 32))
	table.Compare(b, "my rank", "Redis sorted set", ours(rankPath), theirs("redis", rankPath, 32))
	g.rollup = table.Compare(b, "board top 50", "rollup table in SQL", ours(boardPath), theirs("rollup", boardPath, 32))
	table.Compare(b, "my rank", "rollup table in SQL", ours(rankPath), theirs("rollup", rankPath, 32))
	if !s.summed {
		table.Add(b, "board top 50", "SUM over the ledger", ours(boardPath)(), theirs("sum", boardPath, 2)())
	}
}

// row is a line of a peer's board.
type row struct {
	Rank        int64   `json:"rank"`
	VolunteerID string  `json:"subject_id" db:"volunteer_id"`
	Minutes     float64 `json:"minutes" db:"minutes"`
}

// addPeers sets the peers up with the same sums.
func addPeers(b *testing.B, s *site, server *httpserver.Server) {
	b.Helper()
	nothing := func(echo.Context) (any, error) { return struct{}{}, nil }
	addPeer(b, server, "empty", nothing, nothing)
	fixed := json.RawMessage(`"` + strings.Repeat("x", boardSize) + `"`)
	same := func(echo.Context) (any, error) { return fixed, nil }
	addPeer(b, server, "fixed", same, same)

	super := s.as(b, superURL(b, s.ledger))
	super.SetMaxOpenConns(32)
	super.SetMaxIdleConns(32)
	for _, statement := range []string{
		`CREATE TABLE rollup AS SELECT volunteer_id, sum(minutes) AS minutes FROM totals GROUP BY volunteer_id`,
		`ALTER TABLE rollup ADD PRIMARY KEY (volunteer_id)`,
		`CREATE INDEX ON rollup (minutes DESC, volunteer_id)`,
		`VACUUM ANALYZE rollup`,
	} {
		if _, err := super.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	addRollup(b, server, super)
	addRedis(b, server, super)
}

func addRollup(b *testing.B, server *httpserver.Server, db *sqlx.DB) {
	b.Helper()
	top, err := db.Preparex(`SELECT volunteer_id, minutes FROM rollup ORDER BY minutes DESC, volunteer_id LIMIT 50`)
	must(b, err)
	rank, err := db.Preparex(`
		SELECT (SELECT count(*) + 1 FROM rollup WHERE minutes > mine.minutes) AS rank, volunteer_id, minutes
		FROM rollup AS mine
		WHERE volunteer_id = $1`)
	must(b, err)
	sum, err := db.Preparex(`
		SELECT volunteer_id, sum(minutes) AS minutes
		FROM entries
		WHERE account = 'service' AND starts_with(region_path, '4106/')
		GROUP BY volunteer_id
		ORDER BY minutes DESC, volunteer_id
		LIMIT 50`)
	must(b, err)
	list := func(from *sqlx.Stmt) func(c echo.Context) (any, error) {
		return func(c echo.Context) (any, error) {
			var rows []row
			err := from.SelectContext(c.Request().Context(), &rows)
			return rows, err
		}
	}
	mine := func(c echo.Context) (any, error) {
		who, err := auth.From(c.Request().Context())
		if err != nil {
			return nil, err
		}
		var r row
		err = rank.GetContext(c.Request().Context(), &r, who.VolunteerID)
		return r, err
	}
	addPeer(b, server, "rollup", list(top), mine)
	addPeer(b, server, "sum", list(sum), mine)
}

func addRedis(b *testing.B, server *httpserver.Server, db *sqlx.DB) {
	b.Helper()
	const key = "board"
	client := startRedis(b)
	var rows []row
	must(b, db.Select(&rows, `SELECT volunteer_id, minutes FROM rollup`))
	for some := range slices.Chunk(rows, 10_000) {
		members := make([]redis.Z, len(some))
		for i, r := range some {
			members[i] = redis.Z{Score: r.Minutes, Member: r.VolunteerID}
		}
		must(b, client.ZAdd(b.Context(), key, members...).Err())
	}
	addPeer(b, server, "redis", func(c echo.Context) (any, error) {
		top, err := client.ZRevRangeWithScores(c.Request().Context(), key, 0, 49).Result()
		rows := make([]row, len(top))
		for i, z := range top {
			rows[i] = row{int64(i) + 1, z.Member.(string), z.Score}
		}
		return rows, err
	}, func(c echo.Context) (any, error) {
		who, err := auth.From(c.Request().Context())
		if err != nil {
			return nil, err
		}
		ask := client.Pipeline()
		rank, score := ask.ZRevRank(c.Request().Context(), key, who.VolunteerID), ask.ZScore(c.Request().Context(), key, who.VolunteerID)
		_, err = ask.Exec(c.Request().Context())
		return row{rank.Val() + 1, who.VolunteerID, score.Val()}, err
	})
}

// startRedis starts a server that keeps nothing on the disk: as fast as it can be.
func startRedis(b *testing.B) *redis.Client {
	b.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		b.Fatal("The comparison needs Redis. Type: sudo apt-get install redis-server")
	}
	host, port, err := net.SplitHostPort(freeport.Address(b))
	must(b, err)
	cmd := exec.Command(program, "--bind", host, "--port", port, "--dir", b.TempDir(), "--save", "", "--appendonly", "no", "--loglevel", "warning")
	must(b, cmd.Start())
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	client := redis.NewClient(&redis.Options{Addr: net.JoinHostPort(host, port), PoolSize: 32})
	b.Cleanup(func() { _ = client.Close() })
	wait.Until(b, "Redis", func() bool { return client.Ping(b.Context()).Err() == nil })
	return client
}
