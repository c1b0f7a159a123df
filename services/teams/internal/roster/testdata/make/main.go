// Command make writes the corpus of ugly rosters beside it:
//
//	go run ./internal/roster/testdata/make internal/roster/testdata
//
// The files are committed, so that what the tests read are real bytes; run it
// after adding a file here, then `go test ./internal/roster -run TestCorpus -update`
// and read what became of it. Everybody in them is made up.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	folder := os.Args[1]
	for name, data := range files() {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// files are all files of the corpus by their names.
func files() map[string][]byte {
	all := map[string][]byte{}
	for _, some := range []func(map[string][]byte){shapes, cells, places, people, texts, others} {
		some(all)
	}
	return all
}
