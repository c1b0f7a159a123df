// Package migrations holds the teams service's tables, as numbered SQL files.
package migrations

import (
	"embed"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

//go:embed *.sql
var files embed.FS

// Set returns the migrations for postgres.Migrate.
func Set() postgres.Migrations { return postgres.Migrations{Name: "teams", Files: files} }
