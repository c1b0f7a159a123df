package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
)

// view is one database as it was in one moment.
type view struct {
	address  string
	snapshot string
	db       *sql.DB
	tx       *sql.Tx
}

func viewOf(ctx context.Context, s *site.Site, service string) (*view, error) {
	v := &view{address: s.Address(service)}
	var err error
	if v.db, err = s.Reach(service); err != nil {
		return nil, err
	}
	if v.tx, err = v.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}); err == nil {
		err = v.tx.QueryRowContext(ctx, `SELECT pg_export_snapshot()`).Scan(&v.snapshot)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read the database of %s: %w", service, err), v.db.Close())
	}
	return v, nil
}

func (v *view) close() {
	if v != nil {
		_ = v.tx.Rollback()
		_ = v.db.Close()
	}
}

// contents sums up every table.
func (v *view) contents(ctx context.Context) (Contents, error) {
	var tables string
	const list = `SELECT coalesce(string_agg(tablename, ' ' ORDER BY tablename), '') FROM pg_tables WHERE schemaname = 'public'`
	if err := v.tx.QueryRowContext(ctx, list).Scan(&tables); err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	all := Contents{}
	for _, table := range strings.Fields(tables) {
		var s Sum
		query := fmt.Sprintf(`SELECT count(*), coalesce(sum(hashtextextended(r::text, 0)), 0)::text FROM %q r`, table)
		if err := v.tx.QueryRowContext(ctx, query).Scan(&s.Rows, &s.Sum); err != nil {
			return nil, fmt.Errorf("sum up %s: %w", table, err)
		}
		all[table] = s
	}
	return all, nil
}

// patience is how long one database may take to be dumped.
const patience = 6 * time.Hour

func (v *view) dump(ctx context.Context, program string, more ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return run(ctx, program, v.address, append([]string{"--format=custom", "--compress=1", "--snapshot=" + v.snapshot}, more...)...)
}

// run runs a tool of PostgreSQL on a database; what it complains of is the error.
// The password goes by the environment: everybody on the machine sees arguments.
func run(ctx context.Context, program, address string, args ...string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("read the address of a database: %w", err)
	}
	password, _ := u.User.Password()
	u.User = url.User(u.User.Username())
	tool := exec.CommandContext(ctx, program, append([]string{"--dbname=" + u.String()}, args...)...)
	tool.Env = append(os.Environ(), "PGPASSWORD="+password)
	if out, err := tool.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(program), err, strings.TrimSpace(string(out)))
	}
	return nil
}
