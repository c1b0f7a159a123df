package migrations

import (
	"embed"
	"io/fs"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

//go:embed hub/*.sql
var hub embed.FS

// Hub returns the migrations of a hub's database, which has nothing of a city's.
func Hub() postgres.Migrations {
	files, err := fs.Sub(hub, "hub")
	if err != nil {
		panic(err) // impossible: the folder's name is valid
	}
	return postgres.Migrations{Name: "hub", Files: files}
}
