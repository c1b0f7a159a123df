// Command eventsdoc writes docs/events.md: every event that a service tells,
// with its fields, who tells it and who listens.
//
//	go generate ./shared/contract
//
// All of it is read from the source, so the page cannot drift from the code:
// what an event says comes from the comments of shared/contract, who tells it
// from the event literals of the service it belongs to, and who listens from
// the calls of inbox.On and from the subjects that are followed.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	root := flag.String("root", ".", "`folder` of the repository")
	out := flag.String("out", "docs/events.md", "`file` to write")
	flag.Parse()
	if err := run(*root, *out); err != nil {
		fmt.Fprintln(os.Stderr, "eventsdoc:", err)
		os.Exit(1)
	}
}

func run(root, out string) error {
	contracts, err := readContracts(root)
	if err != nil {
		return err
	}
	uses, err := readUses(root)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, []byte(render(contracts, uses)), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
