package backup

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Manifest says what a backup holds.
type Manifest struct {
	MadeAt    time.Time           `json:"made_at"`
	Databases map[string]Contents `json:"databases"` // by service
}

// Contents has a line for each table.
type Contents map[string]Sum

// Sum is how many rows a table has, and a sum over all that is in them, which any
// change changes.
type Sum struct {
	Rows int64  `json:"rows"`
	Sum  string `json:"sum"`
}

// Rows returns how many rows the backup has in all.
func (m Manifest) Rows() (rows int64) {
	for _, tables := range m.Databases {
		for _, s := range tables {
			rows += s.Rows
		}
	}
	return rows
}

// differences names the tables in which two databases differ.
func (c Contents) differences(other Contents) (tables []string) {
	for table, s := range c {
		if other[table] != s {
			tables = append(tables, table)
		}
	}
	slices.Sort(tables)
	return tables
}

const manifestName = "manifest.json"

func (m Manifest) write(folder string) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", manifestName, err)
	}
	return os.WriteFile(filepath.Join(folder, manifestName), text, 0o600)
}

func readManifest(folder string) (m Manifest, err error) {
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		return m, fmt.Errorf("read %s: %w", manifestName, err)
	}
	return m, nil
}
