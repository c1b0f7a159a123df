package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Variable holds the superuser's address of a server to use instead of one of
// our own. Whatever is on that server may be overwritten.
const Variable = "QIHE_TEST_POSTGRES"

type server struct {
	url   string
	super *sqlx.DB

	mu        sync.Mutex
	templates map[string]*template
}

type template struct {
	once sync.Once
	err  error
}

// theServer is started by the first test that needs it.
var theServer = sync.OnceValues(func() (*server, error) {
	url := os.Getenv(Variable)
	if url == "" {
		own, err := startKept()
		if err != nil {
			return nil, err
		}
		url = own
	}
	super, err := sqlx.Open("postgres", url)
	if err != nil {
		return nil, fmt.Errorf("open test server: %w", err)
	}
	super.SetMaxOpenConns(4)
	return &server{url: url, super: super, templates: map[string]*template{}}, nil
})

// template returns the name of the database that has the migrations applied.
func (s *server) template(ctx context.Context, service string, sets []postgres.Migrations) (string, error) {
	sum, err := fingerprint(sets)
	if err != nil {
		return "", err
	}
	name := "tpl_" + service + "_" + sum

	s.mu.Lock()
	t := s.templates[name]
	if t == nil {
		t = &template{}
		s.templates[name] = t
	}
	s.mu.Unlock()

	t.once.Do(func() { t.err = s.makeTemplate(ctx, service, name, sets) })
	return name, t.err
}

// fingerprint tells sets of migrations apart by their names and contents.
func fingerprint(sets []postgres.Migrations) (string, error) {
	sum := sha256.New()
	for _, set := range sets {
		fmt.Fprintf(sum, "set %q\n", set.Name)
		err := fs.WalkDir(set.Files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(set.Files, path)
			fmt.Fprintf(sum, "file %q %d\n%s", path, len(text), text)
			return err
		})
		if err != nil {
			return "", fmt.Errorf("read migrations of %s: %w", set.Name, err)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:16], nil
}

// makeTemplate migrates the template unless another test binary has. The lock
// is held on one connection from the question to the answer; a template that
// was left half made is not marked as one and is made again.
func (s *server) makeTemplate(ctx context.Context, service, name string, sets []postgres.Migrations) error {
	conn, err := s.super.Connx(ctx)
	if err != nil {
		return fmt.Errorf("connect to test server in %s: %w", Variable, err)
	}
	defer func() { _ = conn.Close() }()
	const lock = "hashtextextended($1, 5170002)"
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock("+lock+")", name); err != nil {
		return fmt.Errorf("lock template: %w", err)
	}
	defer func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+lock+")", name)
	}()

	var made bool
	const query = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)"
	if err := conn.GetContext(ctx, &made, query, name); err != nil || made {
		return err
	}
	if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop unfinished template: %w", err)
	}
	owner, _, err := localpg.Provision(ctx, s.url, service, name)
	if err != nil {
		return err
	}
	if err := postgres.Migrate(ctx, owner, sets...); err != nil {
		return err
	}
	// Nobody may be connected to what is copied.
	if _, err := conn.ExecContext(ctx, "ALTER DATABASE "+name+" WITH IS_TEMPLATE true ALLOW_CONNECTIONS false"); err != nil {
		return fmt.Errorf("finish template: %w", err)
	}
	return nil
}

// clone copies the template. The rights to connect are not part of a copy.
func (s *server) clone(ctx context.Context, service, tpl, name string) error {
	for _, step := range []string{
		"CREATE DATABASE " + name + " OWNER " + service + "_owner TEMPLATE " + tpl + " STRATEGY wal_log",
		"REVOKE ALL ON DATABASE " + name + " FROM PUBLIC",
		"GRANT CONNECT ON DATABASE " + name + " TO " + service + "_owner, " + service,
	} {
		if _, err := s.super.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return nil
}
