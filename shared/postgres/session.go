package postgres

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Session lends f one connection for itself. The connection is closed
// afterwards, not put back into the pool, so whatever belongs to the session,
// such as an advisory lock, ends with f.
func (d *DB) Session(ctx context.Context, f func(conn *sqlx.Conn) error) error {
	conn, err := d.db.Connx(ctx)
	if err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	defer func() {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // makes the pool close it
		_ = conn.Close()
	}()
	return f(conn)
}
