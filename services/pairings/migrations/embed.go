// Package migrations holds the tables of the pairings service.
package migrations

import (
	"embed"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

//go:embed *.sql
var files embed.FS

// Set returns the service's own migrations.
func Set() postgres.Migrations { return postgres.Migrations{Name: "pairings", Files: files} }
